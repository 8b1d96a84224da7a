import { type ChildProcess, fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import type { RunnerId } from '@quarterdeck/contract/ids';
import { ok } from '@quarterdeck/contract/result';
import { openStore, type Store } from '@quarterdeck/store';
import { checkTakeIn, type TakenIn } from '../harness/check-take-in.ts';
import { numberText } from '../harness/print-table.ts';
import { cpuMs } from '../harness/processes.ts';
import { type RunningProgram, startProgram } from '../harness/program.ts';
import type { Scenario } from '../harness/scenario.ts';
import { summarize } from '../harness/statistics.ts';
import { withTempFolder } from '../harness/temp-folder.ts';
import type { Posted, PostPlan } from '../programs/post-lines.ts';
import { OPENING_LINES } from '../programs/scripted-lines.ts';

const RUNNERS = join(import.meta.dirname, '../programs/post-lines.ts');
const PROFILE = 'scripted';
const TARGET_PER_SECOND = 5_000;

interface Seen extends Posted {
  readonly serverCpuMs: number;
  readonly found: TakenIn;
}

/** Agents of several runners post signs of life and events to the shipped server; what its database has afterwards counts. */
export const scenario: Scenario = {
  id: 'P7',
  name: 'take-in',
  summary: 'lines of 1,000 agents over the runner protocol until the server has acknowledged and stored them',
  async run(settings, say) {
    const agents = settings.number('agents', 1_000);
    const runners = settings.number('runners', 8);
    const linesPerAgent = settings.number('lines', 90);
    const perAgentPerSecond = settings.number('rate', 9);
    return withTempFolder('take-in', async (home) => {
      const program = await startProgram(home, ['--no-demo', '--no-runner']);
      const store = await openStore({ url: join(home, 'quarterdeck.db'), onCommit: () => undefined });
      try {
        const tokens = await admitRunners(store, runners);
        const agentsPerRunner = Math.ceil(agents / runners);
        const plan = { url: program.url, tokens, profile: PROFILE, agentsPerRunner, linesPerAgent };
        const seen = await takeIn(program, { store, say, plan: { ...plan, perAgentPerSecond } });
        return report(seen, { agents: agentsPerRunner * runners, linesPerAgent, perAgentPerSecond });
      } finally {
        await store.close();
        await program.stop();
      }
    });
  },
};

/** The program makes a token for one runner; the others' are written beside it, as their hashes. */
async function admitRunners(store: Store, count: number): Promise<string[]> {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString('base64url'));
  const written = await store.write(async (ports) => {
    for (const [index, token] of tokens.entries()) {
      const secretHash = createHash('sha256').update(token).digest('hex');
      const runnerId = `m_bench${index}` as RunnerId;
      const since = { createdAt: Date.now(), expiresAt: null };
      await ports.credentials.insert({
        id: `k_bench${index}`,
        kind: 'runner',
        personId: null,
        secretHash,
        runnerId,
        ...since,
      });
    }
    return ok(null);
  });
  if (!written.ok) throw new Error(written.refusal.message);
  return tokens;
}

async function takeIn(
  program: RunningProgram,
  {
    store,
    say,
    plan,
  }: { readonly store: Store; readonly say: (text: string) => void; readonly plan: PostPlan },
): Promise<Seen> {
  const runners = fork(RUNNERS);
  try {
    say('tasks are created and claimed');
    const ready = nextMessage(runners);
    runners.send(plan);
    await createTasks(program, plan.agentsPerRunner * plan.tokens.length);
    await ready;
    say('agents post');
    const cpuBefore = await cpuMs(program.pids.server);
    const over = nextMessage(runners);
    runners.send('go');
    const posted = (await over) as Posted;
    const serverCpuMs = (await cpuMs(program.pids.server)) - cpuBefore;
    say('the store is read');
    const found = await checkTakeIn(store, plan.linesPerAgent + OPENING_LINES);
    return { ...posted, serverCpuMs, found };
  } finally {
    runners.kill('SIGKILL');
  }
}

async function createTasks({ client }: RunningProgram, count: number): Promise<void> {
  const create = async (number: number): Promise<void> => {
    const made = await client.call('task.create', {
      body: { title: `Task ${number}`, assignee: PROFILE, workspaceKind: 'dir', workspacePath: '/' },
    });
    if (!made.ok) throw new Error(made.refusal.message);
  };
  for (let at = 0; at < count; at += 10)
    await Promise.all(Array.from({ length: Math.min(10, count - at) }, (_, index) => create(at + index)));
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const over = new AbortController();
  const exit = once(child, 'exit', { signal: over.signal }).then(
    ([code]) => Promise.reject(new Error(`the runners left with exit code ${code}`)),
    () => undefined,
  );
  const [message] = (await Promise.race([once(child, 'message'), exit])) as [unknown];
  over.abort();
  return message;
}

function report(
  seen: Seen,
  asked: { readonly agents: number; readonly linesPerAgent: number; readonly perAgentPerSecond: number },
) {
  const posted = asked.agents * asked.linesPerAgent;
  const perSecond = posted / (seen.tookMs / 1000);
  const latency = summarize(seen.latenciesMs);
  const opening = asked.agents * OPENING_LINES;
  return {
    tables: [
      {
        title: `${numberText(asked.agents)} agents, ${numberText(asked.perAgentPerSecond)} lines a second each`,
        columns: ['', ''],
        rows: [
          ['lines posted', posted],
          ['offered, lines/s', posted / (seen.offeredForMs / 1000)],
          ['accepted, lines/s', perSecond],
          ['agents counted alive by a beat, beside', seen.beats],
          ['post → acknowledged p50, ms', latency.p50],
          ['post → acknowledged p99, ms', latency.p99],
          ['server, ms of processor for 1,000 lines', (seen.serverCpuMs / posted) * 1000],
        ],
      },
    ],
    verdicts: [
      {
        what: 'lines accepted a second',
        target: `≥ ${numberText(TARGET_PER_SECOND)}/s`,
        seen: `${numberText(perSecond)}/s`,
        isMet: perSecond >= TARGET_PER_SECOND,
      },
    ],
    faults: {
      lost: seen.found.lost + Math.max(0, posted + opening - seen.found.lines),
      doubled: seen.found.doubled + Math.max(0, seen.found.lines - posted - opening),
      'out of order': seen.found.outOfOrder + seen.outOfOrder,
      'sockets closed': seen.closed,
    },
  };
}
