import { setTimeout as wait } from 'node:timers/promises';
import { startEmptyProcess } from '../harness/empty-process.ts';
import { numberText } from '../harness/print-table.ts';
import { memoryMb } from '../harness/processes.ts';
import { startProgram } from '../harness/program.ts';
import type { Scenario, Verdict } from '../harness/scenario.ts';
import { summarize } from '../harness/statistics.ts';
import { withTempFolder } from '../harness/temp-folder.ts';

const READY_TARGET_MS = 1_500;
const MEMORY_TARGETS = { server: 160, runner: 100, supervisor: null };

type ProgramName = keyof typeof MEMORY_TARGETS;
interface Start {
  readonly readyAfterMs: number;
  readonly emptyProcessMs: number;
  /** Resident memory and share of each program when idle, MB; only of the last start, which is left alone for a while. */
  readonly memory: ReadonlyMap<ProgramName, { resident: number; share: number }> | null;
}

/** How long a person waits for the ready line on a home that does not exist yet, and what idling costs. */
export const scenario: Scenario = {
  id: 'P5',
  name: 'start-up',
  summary: '`quarterdeck up` on a new home until it says it is ready, and memory when idle',
  async run(settings, say) {
    const starts = settings.number('starts', 5);
    const idleMs = settings.number('idle', 10) * 1000;
    const kinds = [
      { name: 'without demo', args: ['--no-demo'] },
      { name: 'with demo', args: [] },
    ];
    const measured: { name: string; starts: Start[] }[] = [];
    for (const { name, args } of kinds) {
      const list: Start[] = [];
      for (let number = 1; number <= starts; number += 1) {
        say(`start ${number} of ${starts} ${name}`);
        list.push(await startOnce(args, number === starts ? idleMs : null));
      }
      measured.push({ name, starts: list });
    }
    return {
      tables: [readyTable(measured), memoryTable(measured)],
      verdicts: [...measured.map(readyVerdict), ...memoryVerdicts(measured[0]?.starts.at(-1))],
      faults: { 'starts that failed': 2 * starts - measured.flatMap((it) => it.starts).length },
    };
  },
};

async function startOnce(args: readonly string[], idleMs: number | null): Promise<Start> {
  return withTempFolder('start-up', async (home) => {
    const emptyProcessMs = await startEmptyProcess();
    const program = await startProgram(home, args);
    try {
      if (idleMs === null) return { readyAfterMs: program.readyAfterMs, emptyProcessMs, memory: null };
      await wait(idleMs);
      const memory = new Map<ProgramName, { resident: number; share: number }>();
      for (const name of Object.keys(MEMORY_TARGETS) as ProgramName[]) {
        const pid = program.pids[name];
        if (pid !== null) memory.set(name, await memoryMb(pid));
      }
      return { readyAfterMs: program.readyAfterMs, emptyProcessMs, memory };
    } finally {
      await program.stop();
    }
  });
}

type Measured = readonly { readonly name: string; readonly starts: readonly Start[] }[];

function readyTable(measured: Measured) {
  return {
    title: 'from the start of the process to `Quarterdeck is ready`, ms',
    columns: ['', 'starts', 'p50', 'min', 'max'],
    rows: [
      ...measured.map(({ name, starts }) => [name, ...figures(starts.map((it) => it.readyAfterMs))]),
      [
        'an empty Node process, start to exit',
        ...figures(measured.flatMap(({ starts }) => starts.map((it) => it.emptyProcessMs))),
      ],
    ],
  };
}

function figures(times: readonly number[]): number[] {
  const { count, p50, min, max } = summarize(times);
  return [count, p50, min, max];
}

function memoryTable(measured: Measured) {
  return {
    title: 'memory when idle, MB (share: pages used by several processes are split between them)',
    columns: ['', 'program', 'resident', 'share'],
    rows: measured.flatMap(({ name, starts }) =>
      [...(starts.at(-1)?.memory ?? [])].map(([program, it]) => [name, program, it.resident, it.share]),
    ),
  };
}

function readyVerdict({ name, starts }: Measured[number]): Verdict {
  const { p50 } = summarize(starts.map((it) => it.readyAfterMs));
  return {
    what: `ready, ${name}, p50`,
    target: `≤ ${numberText(READY_TARGET_MS)} ms`,
    seen: `${numberText(p50)} ms`,
    isMet: p50 <= READY_TARGET_MS,
  };
}

function memoryVerdicts(start: Start | undefined): Verdict[] {
  return [...(start?.memory ?? [])].flatMap(([name, { resident }]) => {
    const target = MEMORY_TARGETS[name];
    if (target === null) return [];
    const isMet = resident <= target;
    return [
      {
        what: `resident, ${name}, idle`,
        target: `≤ ${target} MB`,
        seen: `${numberText(resident)} MB`,
        isMet,
      },
    ];
  });
}
