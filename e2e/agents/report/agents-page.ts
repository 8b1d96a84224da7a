import type { AgentUnderTest } from '../agents/agent-under-test.ts';
import type { Check } from '../checks/check.ts';
import type { GatheredAgent } from '../install/gather-agents.ts';
import type { Outcome } from './outcome.ts';

export interface PageFacts {
  readonly agents: readonly AgentUnderTest[];
  readonly checks: readonly Check[];
  readonly gathered: readonly GatheredAgent[];
  readonly outcomes: readonly Outcome[];
}

const MARKS: Readonly<Record<Outcome['verdict'], string>> = {
  passed: 'yes',
  failed: '**no**',
  skipped: 'not yet',
};
const MEASURED = '## Measured';

/** The page `docs/agents.md`. What was measured is kept from the page before unless it is given anew: it differs with every run. */
export function agentsPage(
  facts: PageFacts,
  { before, measure }: { readonly before: string; readonly measure: boolean },
): string {
  const kept = before.includes(MEASURED) ? before.slice(before.indexOf(MEASURED)) : '';
  return `${INTRODUCTION}\n${verdictTable(facts)}\n\n${demands(facts)}\n${measure ? measuredPart(facts) : kept}`;
}

/** The part that every run of the same releases must print alike. */
export function verdictPart(page: string): string {
  return page.includes(MEASURED) ? page.slice(0, page.indexOf(MEASURED)) : page;
}

const INTRODUCTION = `# Agents

Printed by \`npm run test:agents -- --write\`: real agents from npm, driven through the built program by their built-in profiles, against
scripted model services on loopback and without any other network. \`.ci/run\` fails when a run says something else than this table.
A real model, a real sign-in and a real bill are not part of it. opencode 2 is not on the registry yet: its profile is there, and was
not run.
`;

function verdictTable({ agents, checks, gathered, outcomes }: PageFacts): string {
  const rows = checks.map(({ name }) => [
    name,
    ...agents.map(({ id }) => {
      const found = outcomes.find((it) => it.agent === id && it.check === name);
      return found ? MARKS[found.verdict] : 'not run';
    }),
    'not run',
  ]);
  const versions = agents.map(({ id, name }) =>
    `${name} ${gathered.find((it) => it.id === id)?.version ?? ''}`.trim(),
  );
  return markdownTable([['check', ...versions, 'opencode 2'], ...rows]);
}

function demands({ checks }: PageFacts): string {
  return `Each check by what holds when it passes:\n\n${checks.map(({ name, demands: holds }) => `- **${name}**: ${holds}.`).join('\n')}\n`;
}

function measuredPart({ agents, outcomes }: PageFacts): string {
  const figure = (id: string, name: string) =>
    outcomes.find((it) => it.agent === id && it.figures[name] !== undefined)?.figures[name];
  const rows = agents.map(({ id, name }) => [
    name,
    inWords(figure(id, 'firstRequestMs'), (ms) => `${(ms / 1000).toFixed(1)} s`),
    inWords(figure(id, 'memoryMb'), (mb) => `${mb} MB`),
  ]);
  return `${MEASURED}

In one run on ${new Date().toISOString().slice(0, 10)}, two agents at a time on two cores: from a task that is ready to the first request to its
model, and the memory of the agent with all its processes while it waits for a person.

${markdownTable([['agent', 'ready → first request', 'memory'], ...rows])}
`;
}

function inWords(value: number | undefined, words: (value: number) => string): string {
  return value === undefined ? '–' : words(value);
}

function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) =>
    Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
