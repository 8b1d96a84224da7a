import { EventEmitter } from 'node:events';
import type { ToRunner } from '@quarterdeck/contract/runner-protocol';
import { openTestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { createSecrets } from '../secrets.ts';
import { deliverCommands } from './deliver-commands.ts';
import { createRunnerLink } from './runner-link.ts';

/** The few parts of a socket that a link uses, keeping what is sent. */
function openSocket() {
  const frames: ToRunner[] = [];
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    send: (text: string) => frames.push(JSON.parse(text) as ToRunner),
  });
  return { frames, socket: socket as unknown as WebSocket };
}

it('P9: sends nothing before the welcome, then each command once, with the token of its run', async () => {
  await using board = await openTestBoard('sqlite');
  const run = await board.addClaimed();
  const secrets = createSecrets(Buffer.alloc(32));
  const { frames, socket } = openSocket();
  const link = createRunnerLink(socket, run.runnerId, () => undefined);
  const deliver = () => deliverCommands({ db: board.db, secrets }, { link, runnerId: run.runnerId });

  await deliver();
  expect(frames).toEqual([]);

  link.isWelcomed = true;
  await Promise.all([deliver(), deliver()]);
  await deliver();
  expect(frames).toMatchObject([
    {
      type: 'command',
      runId: run.id,
      command: { kind: 'start', order: { token: secrets.runToken(run.id) } },
    },
  ]);
});
