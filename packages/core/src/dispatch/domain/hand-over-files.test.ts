import type { Attachment } from '@quarterdeck/contract/attachment';
import { RunOrder } from '@quarterdeck/contract/runner-protocol';
import { expect, it } from 'vitest';
import { handOverFiles } from './hand-over-files.ts';

const order = RunOrder.parse({
  runId: 'r_0001',
  taskId: 't_0001',
  sessionId: 's_0001',
  title: 'Draw it',
  profile: 'alpha',
  prompt: 'Draw the harbour.',
  token: '',
  project: { id: 'p_0001', path: '/srv', kind: 'folder', baseBranch: null, setupCommand: null },
  workspace: { kind: 'scratch', path: null, branch: null, startFrom: [], base: null, head: null },
  maxRuntimeMs: 1,
});
const file = {
  id: 'f_0001',
  taskId: 't_0001',
  name: 'a plan.png',
  mediaType: 'image/png',
  size: 12,
  sha256: 'ab',
  createdBy: 'ada',
  runId: null,
  createdAt: 1,
} as Attachment;

it('K21: the runner gets the files of a task, and the agent their paths', () => {
  const { prompt, attachments } = handOverFiles(order, [file]);
  expect(prompt).toMatch(/^Draw the harbour\.\n\n# Attached files\n/);
  expect(prompt).toContain('- .quarterdeck/attachments/a plan.png (image/png, 12 bytes, from ada)');
  expect(attachments).toEqual([{ id: 'f_0001', name: 'a plan.png', size: 12, sha256: 'ab' }]);
});

it('K21: an agent that goes on in its session is told too', () => {
  const resume = { agentSessionId: 'x', prompt: 'Go on.', spent: {} as never };
  expect(handOverFiles({ ...order, resume }, [file]).resume?.prompt).toContain('a plan.png');
});

it('K21: an order without files stays as it is', () => {
  expect(handOverFiles(order, [])).toBe(order);
});
