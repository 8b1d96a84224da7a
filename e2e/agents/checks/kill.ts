import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { childrenOf, processesOfRun } from '../../src/program/processes.ts';
import { waitUntil } from '../../src/program/wait-until.ts';
import type { Bench } from '../stage/bench.ts';
import { followTask, isAtRest } from '../stage/follow-task.ts';
import { board, calls } from '../stage/scenario-words.ts';
import type { Check } from './check.ts';

const SCENARIO = 'kill';
/** Hangs the first time, and ends at once when it is tried again. */
const COMMAND = 'test -e begun.txt || { touch begun.txt; tail -f /dev/null; }';

/** The agent dies in the middle of a tool call, as when the system runs out of memory. */
export const kill: Check = {
  name: 'kill',
  demands:
    'when it is killed in the middle of a command, one new attempt follows and none of its processes is left',
  scenarios: ({ tools }) => ({
    [SCENARIO]: [
      calls(tools.shell(COMMAND)),
      board('task_complete', { summary: 'The second time it ended' }),
      { text: 'Done.' },
    ],
  }),
  async run(bench, { must }) {
    const taskId = await bench.give(SCENARIO);
    const isHanging = (path: string | null) => path !== null && existsSync(join(path, 'begun.txt'));
    const { detail } = await followTask(bench, taskId, ({ runs }) =>
      isHanging(runs[0]?.workspacePath ?? null),
    );
    const runId = detail.runs[0]?.id ?? '';
    await killAgent(bench, runId);
    const after = await followTask(bench, taskId, isAtRest, { timeoutMs: 120_000 });
    const { task, runs } = after.detail;
    must(task.status === 'done', `the task is ${task.status}: ${task.blockReason ?? ''}`);
    must(
      runs.length === 2,
      `there were ${runs.length} attempts: ${runs.map((run) => run.outcome).join(', ')}`,
    );
    must(runs[0]?.outcome === 'crashed', `the first attempt ended as ${runs[0]?.outcome}`);
    must((await processesOfRun(runId)).length === 0, 'processes of the killed agent are left');
  },
};

async function killAgent({ stage }: Bench, runId: string): Promise<void> {
  const identity = join(stage.program.home, 'runner', 'runs', runId, 'host.json');
  const { pid } = JSON.parse(await readFile(identity, 'utf8'));
  const agents = await waitUntil('the process of the agent', async () => {
    const children = await childrenOf(pid);
    return children.length > 0 && children;
  });
  for (const agent of agents) process.kill(agent.pid, 'SIGKILL');
}
