import type { AgentUnderTest } from '../agents/agent-under-test.ts';
import type { Check } from '../checks/check.ts';
import type { GatheredAgent } from '../install/gather-agents.ts';
import type { Outcome } from './outcome.ts';

const MARKS: Readonly<Record<Outcome['verdict'], string>> = { passed: 'yes', failed: 'NO', skipped: '–' };

/** One line as a check ends, and below it what was wrong. */
export function outcomeLine({ agent, check, verdict, seconds, problems, figures }: Outcome): string {
  const measured = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  const head = `  ${agent.padEnd(9)} ${check.padEnd(18)} ${verdict.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s  ${measured.join(', ')}`;
  return [head.trimEnd(), ...problems.map((problem) => `      ${problem.replaceAll('\n', '\n      ')}`)].join(
    '\n',
  );
}

/** The whole run as a table: agents down, checks across. */
export function tableText(
  outcomes: readonly Outcome[],
  {
    agents,
    checks,
    gathered,
  }: {
    readonly agents: readonly AgentUnderTest[];
    readonly checks: readonly Check[];
    readonly gathered: readonly GatheredAgent[];
  },
): string {
  const rows = agents.map(({ id }) => [
    `${id} ${gathered.find((it) => it.id === id)?.version ?? ''}`,
    ...checks.map(({ name }) => {
      const found = outcomes.find(({ agent, check }) => agent === id && check === name);
      return found ? MARKS[found.verdict] : '–';
    }),
  ]);
  const table = [['agent', ...checks.map(({ name }) => name)], ...rows];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length))) ?? [];
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
