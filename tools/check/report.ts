import type { Check, Verdict } from './check.ts';
import type { SourceRepository } from './source-repository.ts';

/** What one check found and how long it took. */
export interface Outcome extends Verdict {
  readonly name: string;
  readonly tookMs: number;
}

/** Runs one check. A check that throws counts as broken, so that the others are still reported. */
export async function runTimed(check: Check, repository: SourceRepository): Promise<Outcome> {
  const startedAt = performance.now();
  const verdict = await check
    .run(repository)
    .catch((error: unknown): Verdict => ({ problems: [`the check itself failed: ${describe(error)}`] }));
  return { ...verdict, name: check.name, tookMs: Math.round(performance.now() - startedAt) };
}

/** One line with name and time, then the problems and notes, indented. */
export function formatOutcome({ name, tookMs, problems, notes = [] }: Outcome): string {
  const seconds = `${(tookMs / 1000).toFixed(1)} s`;
  const count = problems.length > 0 ? `  ${problems.length} to mend` : '';
  const head = `${problems.length > 0 ? 'BROKEN' : 'ok    '} ${name.padEnd(24)} ${seconds.padStart(6)}${count}`;
  return [head, ...[...problems, ...notes].map(indent)].join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '         ');
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
