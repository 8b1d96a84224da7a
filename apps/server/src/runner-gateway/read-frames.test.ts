import { EventEmitter } from 'node:events';
import type { RunId } from '@quarterdeck/contract/ids';
import type { FromRunner } from '@quarterdeck/contract/runner-protocol';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { readFrames } from './read-frames.ts';

const lines = (runId: string, seq: number): FromRunner => ({
  type: 'lines',
  runId: runId as RunId,
  lines: [{ seq, at: 1, entry: { kind: 'activity', text: 'a' } }],
});
const beat: FromRunner = { type: 'beat', runs: [], memory: null };

function open() {
  const closed: string[] = [];
  const socket = Object.assign(new EventEmitter(), {
    isPaused: false,
    pause: () => void Object.assign(socket, { isPaused: true }),
    resume: () => void Object.assign(socket, { isPaused: false }),
    close: (_code: number, because: string) => closed.push(because),
  });
  const gate = Promise.withResolvers<void>();
  const taken: string[] = [];
  readFrames(socket as unknown as WebSocket, {
    opened: gate.promise,
    take: async (frame) => void taken.push(frame.type),
    takeLines: async (frames) => void taken.push(frames.map((frame) => frame.lines[0]?.seq).join(' ')),
    leave: async () => void taken.push('left'),
    onError: () => undefined,
  });
  const say = (frame: object) => socket.emit('message', Buffer.from(JSON.stringify(frame)));
  return { socket, gate, taken, closed, say };
}

describe('frames of a runner', () => {
  it('are taken in in their order, lines that wait together', async () => {
    const { socket, gate, taken, say } = open();
    for (const seq of [1, 2, 3]) say(lines('r_aaaaaaaaaaaa', seq));
    say(beat);
    say(lines('r_aaaaaaaaaaaa', 4));
    socket.emit('close');
    gate.resolve();
    await expect.poll(() => taken).toEqual(['1 2 3', 'beat', '4', 'left']);
  });

  it('are not all in one transaction, however many wait', async () => {
    const { gate, taken, say } = open();
    for (let seq = 1; seq <= 100; seq += 1) say(lines('r_aaaaaaaaaaaa', seq));
    gate.resolve();
    await expect.poll(() => taken.map((batch) => batch.split(' ').length)).toEqual([64, 36]);
  });

  it('are not read while too many wait, and again when they are taken in', async () => {
    const { socket, gate, taken, say } = open();
    const reply = { type: 'reply', queryId: 'q', value: 'x'.repeat(5 * 1024 * 1024) };
    say(reply);
    expect(socket.isPaused).toBe(false);
    say(reply);
    expect(socket.isPaused).toBe(true);
    gate.resolve();
    await expect.poll(() => socket.isPaused).toBe(false);
    expect(taken).toEqual(['reply', 'reply']);
  });

  it('that are none close the socket', () => {
    const { closed, say } = open();
    say({ type: 'nonsense' });
    expect(closed).toEqual(['that is not a frame of the runner protocol']);
  });
});
