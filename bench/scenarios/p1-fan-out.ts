import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Followed, type FollowPlan, followStream } from '../harness/follow-stream.ts';
import { numberText } from '../harness/print-table.ts';
import { type RunningProgram, startProgram } from '../harness/program.ts';
import type { Scenario, Verdict } from '../harness/scenario.ts';
import { summarize } from '../harness/statistics.ts';
import { withTempFolder } from '../harness/temp-folder.ts';

const POLLING_SERVER = join(import.meta.dirname, '../reference/polling-server.ts');
/** p99 wished for, by number of readers. */
const P99_TARGET_MS: Readonly<Record<number, number>> = { 200: 15, 1000: 60 };

/** How late readers are, and what keeping them up to date costs the server. */
export const scenario: Scenario = {
  id: 'P1',
  name: 'fan-out',
  summary:
    'commit → event parsed by every SSE reader, against a server that polls for each reader every 300 ms',
  async run(settings, say) {
    const plan: FollowPlan = {
      readers: settings.number('readers', 200),
      perSecond: settings.number('rate', 5),
      seconds: settings.number('seconds', 20),
    };
    const references: Followed[] = [];
    for (const connecting of ['own', 'shared'] as const) {
      say(`reference, ${connecting} connection: ${plan.readers} readers for ${plan.seconds} s`);
      references.push(await withTempFolder('fan-out', (it) => followReference(it, { plan, connecting })));
    }
    say(`ours: ${plan.readers} readers for ${plan.seconds} s`);
    const ours = await withTempFolder('fan-out', (home) => followOurs(home, plan));
    return report(plan, [ours, ...references]);
  },
};

async function followOurs(home: string, plan: FollowPlan): Promise<Followed> {
  const program = await startProgram(home, ['--no-demo', '--no-runner']);
  try {
    const taskId = await createTask(program);
    return await followStream(
      {
        url: `${program.url}/api/stream`,
        headers: { Authorization: `Bearer ${program.ownerToken}` },
        dialect: 'ours',
        pid: program.pids.server,
        commit: (number) => comment(program, { taskId, number }),
      },
      plan,
    );
  } finally {
    await program.stop();
  }
}

async function createTask({ client }: RunningProgram): Promise<string> {
  const made = await client.call('task.create', { body: { title: 'Talk a lot', triage: true } });
  if (!made.ok) throw new Error(made.refusal.message);
  return made.value.task.id;
}

async function comment(
  { client, url, ownerToken }: RunningProgram,
  { taskId, number }: { readonly taskId: string; readonly number: number },
): Promise<number> {
  const made = await client.call('task.comment', {
    params: { taskId },
    body: { body: `Comment number ${number}` },
  });
  if (!made.ok) throw new Error(made.refusal.message);
  if (number > 0) return nextSeq();
  const reply = await fetch(`${url}/api/tasks/${taskId}/events?limit=1`, {
    headers: { Authorization: `Bearer ${ownerToken}` },
  });
  const { events } = (await reply.json()) as { events: { seq: number }[] };
  return startSeq(events[0]?.seq ?? 0);
}

/** Nobody else writes, so that each comment has the next number. */
let seq = 0;
const startSeq = (first: number) => {
  seq = first;
  return seq;
};
const nextSeq = () => {
  seq += 1;
  return seq;
};

async function followReference(
  folder: string,
  { plan, connecting }: { readonly plan: FollowPlan; readonly connecting: 'own' | 'shared' },
): Promise<Followed> {
  const server = fork(POLLING_SERVER, [join(folder, 'reference.db'), connecting]);
  try {
    const [{ url }] = (await once(server, 'message')) as [{ url: string }];
    const body = (number: number) => JSON.stringify({ comment: { body: `Comment number ${number}` } });
    return await followStream(
      {
        url,
        headers: {},
        dialect: 'reference',
        pid: server.pid ?? 0,
        commit: async (number) => {
          const reply = await fetch(url, { method: 'POST', body: body(number) });
          return ((await reply.json()) as { seq: number }).seq;
        },
      },
      plan,
    );
  } finally {
    server.kill('SIGKILL');
  }
}

const NAMES = ['Quarterdeck', 'reference, polling as the seed', 'reference, polling on a shared connection'];

function report(plan: FollowPlan, followed: readonly Followed[]) {
  const rows = followed.map((it, index) => ({
    name: NAMES[index] ?? '',
    cpu: it.cpuPercent,
    ...summarize(it.latenciesMs),
  }));
  const sum = (kind: keyof Followed['faults']) => followed.reduce((total, it) => total + it.faults[kind], 0);
  return {
    tables: [
      {
        title: `${plan.readers} readers, ${plan.perSecond} events a second for ${plan.seconds} s; latency in ms`,
        columns: ['', 'deliveries', 'mean', 'p50', 'p99', 'max', 'server CPU, % of a core'],
        rows: rows.map((it) => [it.name, it.count, it.mean, it.p50, it.p99, it.max, it.cpu]),
      },
    ],
    verdicts: verdicts(plan, rows),
    faults: { lost: sum('lost'), doubled: sum('doubled'), 'out of order': sum('out of order') },
  };
}

interface Row {
  readonly mean: number;
  readonly p99: number;
  readonly cpu: number;
}

function verdicts({ readers }: FollowPlan, [ours, asSeed]: readonly Row[]): Verdict[] {
  if (!ours || !asSeed) return [];
  const faster = asSeed.mean / ours.mean;
  const cheaper = asSeed.cpu / ours.cpu;
  const target = P99_TARGET_MS[readers];
  const p99 = { what: 'p99', target: `≤ ${target} ms`, seen: `${numberText(ours.p99)} ms` };
  return [
    ...(target === undefined ? [] : [{ ...p99, isMet: ours.p99 <= target }]),
    {
      what: 'mean latency, lower than the poll',
      target: '≥ 20×',
      seen: `${numberText(faster)}×`,
      isMet: faster >= 20,
    },
    {
      what: 'server CPU, lower than the poll',
      target: '≥ 10×',
      seen: `${numberText(cheaper)}×`,
      isMet: cheaper >= 10,
    },
  ];
}
