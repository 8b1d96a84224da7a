import { DIAGNOSTIC_KINDS, type Diagnostic } from '@quarterdeck/contract/diagnostic';
import type { StreamFrame } from '@quarterdeck/contract/stream';
import { expect, it } from 'vitest';
import { KIND_WORD, remedyWord } from './diagnostic-words.ts';
import { keepSame } from './diagnostics-store.ts';
import { touchesDiagnostics } from './use-follow-diagnostics.ts';

const found = (taskId: string, message = 'stuck') => ({ taskId, message }) as Diagnostic;
const frame = (kind: string) => ({ type: 'event', event: { kind } }) as unknown as StreamFrame;

it('K16 groups what is wrong by task, and keeps the list of a task in which nothing changed', () => {
  const first = keepSame({ all: null, byTask: new Map() }, [found('t_1'), found('t_2'), found('t_1')]);
  expect(first.byTask.get('t_1')).toHaveLength(2);
  const next = keepSame(first, [found('t_1'), found('t_1'), found('t_2', 'worse')]);
  expect(next.byTask.get('t_1')).toBe(first.byTask.get('t_1'));
  expect(next.byTask.get('t_2')?.[0]?.message).toBe('worse');
  expect(keepSame(next, []).byTask.size).toBe(0);
});

it('K16 asks again after what can change an answer, and not after anything else', () => {
  expect(['task.commented', 'run.ended', 'proposal.raised'].map(frame).every(touchesDiagnostics)).toBe(true);
  const others = [frame('task.attached'), frame('runner.connected'), { type: 'heartbeat', cursor: 1, at: 1 }];
  expect(others.some((each) => touchesDiagnostics(each as StreamFrame))).toBe(false);
});

it('K16 has a word for every kind, and says that a retry stops a running agent', () => {
  expect(DIAGNOSTIC_KINDS.map((kind) => KIND_WORD[kind]).filter(Boolean)).toHaveLength(
    DIAGNOSTIC_KINDS.length,
  );
  expect(remedyWord('retry', true)).toBe('Stop and start again');
  expect(remedyWord('retry', false)).toBe('Move to Ready');
});
