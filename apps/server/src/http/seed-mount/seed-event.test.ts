import { EVENT_PAYLOADS, type Event } from '@quarterdeck/contract/event';
import { AttachmentId, ProjectId, RunId } from '@quarterdeck/contract/ids';
import { expect, it } from 'vitest';
import { runnerConnected, sampleTask, taskIdOf } from '../testing/samples.ts';
import { toSeedEvents } from './seed-event.ts';

const task = sampleTask({
  status: 'todo',
  priority: 7,
  claimLock: 'here',
  claimExpiresAt: 9_999,
  scheduledAt: 5_500,
});
const parent = taskIdOf('t_0000000a');
const child = taskIdOf('t_0000000b');
const runId = RunId.parse('r_0001');

const about = {
  at: 1_234_567,
  actor: 'ada',
  taskId: task.id,
  projectId: ProjectId.parse('p_0001'),
  runId: null,
};
type Draft = Event extends infer E ? (E extends Event ? Pick<E, 'kind' | 'payload'> : never) : never;
const from = 'running' as const;
const landing = {
  status: 'conflict',
  strategy: 'merge',
  into: 'main',
  commit: null,
  base: null,
  head: null,
  files: ['a.ts'],
  message: 'm',
  runId,
  at: 1,
  by: 'ada',
} as const;
const attachment = {
  id: AttachmentId.parse('f_00000001'),
  taskId: task.id,
  name: 'a.png',
  mediaType: 'image/png',
  size: 4,
  sha256: '',
  createdBy: 'bo',
  runId: null,
  createdAt: 1,
};
const conflict = { ...landing, files: [...landing.files] };
const cases: readonly (readonly [Draft, string, unknown])[] = [
  [{ kind: 'task.created', payload: { task } }, 'created', { assignee: null, status: 'todo', tenant: null }],
  [
    { kind: 'task.edited', payload: { task, fields: ['title', 'priority'] } },
    'edited',
    { fields: ['title', 'priority'] },
  ],
  [{ kind: 'task.edited', payload: { task, fields: ['priority'] } }, 'priority', { priority: 7 }],
  [{ kind: 'task.assigned', payload: { task, from: 'bo' } }, 'assigned', { assignee: null, from: 'bo' }],
  [{ kind: 'task.promoted', payload: { task, from, byPerson: false } }, 'promoted', null],
  [{ kind: 'task.promoted', payload: { task, from, byPerson: true } }, 'status', { status: 'todo', from }],
  [{ kind: 'task.demoted', payload: { task, from, because: 'x' } }, 'status', { status: 'todo', from }],
  [
    { kind: 'task.claimed', payload: { task, from, runId } },
    'claimed',
    { lock: 'here', expires: 9, run_id: runId },
  ],
  [
    { kind: 'task.released', payload: { task, from, because: 'x', runId } },
    'reclaimed',
    { reason: 'x', run_id: runId },
  ],
  [
    { kind: 'task.completed', payload: { task, from, summary: 's' } },
    'completed',
    { summary: 's', result_len: 0 },
  ],
  [
    { kind: 'task.review_requested', payload: { task, from, summary: 's' } },
    'review_requested',
    { summary: 's' },
  ],
  [
    { kind: 'task.changes_requested', payload: { task, from, summary: 's', comments: [] } },
    'status',
    { status: 'todo', from },
  ],
  [
    { kind: 'task.landed', payload: { task, landing: { ...conflict, status: 'landed', commit: 'abc' } } },
    'landed',
    { into: 'main', commit: 'abc' },
  ],
  [
    { kind: 'task.landing_failed', payload: { task, landing: conflict } },
    'landing_failed',
    { into: 'main', files: ['a.ts'], reason: 'm' },
  ],
  [
    { kind: 'task.blocked', payload: { task, from, reason: 'r', kind: 'other' } },
    'blocked',
    { reason: 'r', kind: 'other' },
  ],
  [{ kind: 'task.unblocked', payload: { task, from } }, 'unblocked', null],
  [{ kind: 'task.scheduled', payload: { task, from } }, 'scheduled', { scheduled_at: 5 }],
  [{ kind: 'task.triaged', payload: { task, from } }, 'status', { status: 'todo', from }],
  [{ kind: 'task.specified', payload: { task, from } }, 'status', { status: 'todo', from }],
  [{ kind: 'task.archived', payload: { task, from } }, 'archived', null],
  [{ kind: 'task.reopened', payload: { task, from } }, 'status', { status: 'todo', from }],
  [
    { kind: 'task.gave_up', payload: { task, failures: 2, limit: 2, error: 'e' } },
    'gave_up',
    { failures: 2, limit: 2, error: 'e' },
  ],
  [
    {
      kind: 'task.commented',
      payload: { comment: { id: 1, taskId: task.id, author: 'bo', body: 'four', createdAt: 1 } },
    },
    'commented',
    { author: 'bo', len: 4 },
  ],
  [
    {
      kind: 'task.reviewed',
      payload: {
        task,
        verdict: { decision: 'approved', by: 'bo', summary: 'fine', head: null, runId, at: 1 },
      },
    },
    'reviewed',
    { decision: 'approved', by: 'bo', summary: 'fine' },
  ],
  [{ kind: 'task.attached', payload: { attachment } }, 'attached', { filename: 'a.png', size: 4 }],
  [{ kind: 'task.detached', payload: { attachment } }, 'attachment_removed', { filename: 'a.png' }],
  [{ kind: 'task.linked', payload: { parentId: parent, childId: child } }, 'linked', { parent, child }],
  [{ kind: 'task.unlinked', payload: { parentId: parent, childId: child } }, 'unlinked', { parent, child }],
];

it.each(cases)('K13: tells %o as %s', (draft, kind, payload) => {
  const event = { ...about, seq: 3, ...draft } as Event;
  expect(toSeedEvents([event])).toEqual([{ id: 3, task_id: task.id, kind, payload, created_at: 1234 }]);
});

it('K13: tells every fact about tasks and no other', () => {
  const told = new Set<string>(cases.map(([{ kind }]) => kind));
  expect([...told].sort()).toEqual(
    Object.keys(EVENT_PAYLOADS)
      .filter((kind) => kind.startsWith('task.'))
      .sort(),
  );
  expect(toSeedEvents([runnerConnected(1)])).toEqual([]);
});
