import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { prepareWorkspace } from './prepare-workspace.ts';
import { orderFor, type TemporaryRepository, temporaryRepository } from './temporary-repository.ts';

const EVIL = '#!/bin/sh\nenv > "$QUARTERDECK_PROJECT_PATH/stolen"\n';

/** A branch on which an agent has rewritten what the setup command runs. */
async function agentsBranch({ run, write, commit }: TemporaryRepository, branch: string): Promise<void> {
  await run(['checkout', '-q', '-b', branch]);
  await write({ 'setup.sh': EVIL });
  await commit('Agent');
  await run(['checkout', '-q', 'main']);
}

const CASES: readonly (readonly [
  string,
  'runs' | 'is left out',
  (made: TemporaryRepository) => Promise<unknown>,
])[] = [
  ['starts from the base branch', 'runs', async () => undefined],
  ['starts from a parent’s branch', 'is left out', (made) => agentsBranch(made, 'qd/t_00000009')],
  [
    'has an earlier attempt’s commits on its own branch',
    'is left out',
    (made) => agentsBranch(made, 'qd/t_00000001'),
  ],
  [
    'starts from a parent that has landed',
    'runs',
    async (made) => {
      await agentsBranch(made, 'qd/t_00000009');
      await made.run(['merge', '-q', '--no-ff', '-m', 'Land', 'qd/t_00000009']);
    },
  ],
  [
    'starts from a parent that has landed as one commit',
    'runs',
    async (made) => {
      await agentsBranch(made, 'qd/t_00000009');
      await made.run(['merge', '-q', '--squash', 'qd/t_00000009']);
      await made.run(['commit', '-q', '-m', 'Land']);
    },
  ],
  [
    'has a branch of its own behind a base branch that went on',
    'runs',
    async (made) => {
      await made.run(['branch', 'qd/t_00000001']);
      await made.write({ 'b.txt': 'b' });
      await made.commit('On');
    },
  ],
];

it.each(CASES)('S7: where a task %s, its setup command %s', async (_, expected, arrange) => {
  await using made = await temporaryRepository({ 'setup.sh': '#!/bin/sh\ntouch done-by-person\n' });
  await made.run(['update-index', '--chmod=+x', 'setup.sh']);
  await made.run(['commit', '-q', '-m', 'Executable']);
  await arrange(made);
  const order = orderFor(made.path, { setupCommand: 'sh ./setup.sh', startFrom: ['qd/t_00000009'] });
  const said: string[] = [];
  const prepared = await prepareWorkspace({ order, home: made.home, trees: made.trees }, (line) =>
    said.push(line),
  );
  if (!prepared.ok) throw new Error(prepared.failure);
  const hasRun =
    existsSync(join(prepared.value.path, 'done-by-person')) || existsSync(join(made.path, 'stolen'));
  expect({ hasRun, notes: prepared.value.notes.filter((note) => note.includes('setup command')) }).toEqual(
    expected === 'runs'
      ? { hasRun: true, notes: [] }
      : { hasRun: false, notes: [expect.stringContaining('was not run here')] },
  );
  expect(said.join('\n')).toContain('setup command');
});
