// The matrix itself. Started by main.ts, which brings the agents and takes the network away.
import { join } from 'node:path';
import { runMain } from '../../tools/runtime/refusal.mjs';
import type { AgentUnderTest } from './agents/agent-under-test.ts';
import { AGENTS } from './agents/agents.ts';
import { CHECKS } from './checks/checks.ts';
import { cacheFolder } from './install/cache-folder.ts';
import type { GatheredAgent } from './install/gather-agents.ts';
import { readArguments } from './read-arguments.ts';
import { checkPage } from './report/check-page.ts';
import { close } from './report/closing-line.ts';
import type { Outcome } from './report/outcome.ts';
import { outcomeLine, tableText } from './report/table-text.ts';
import { runLane } from './run-lane.ts';
import { scenarioName } from './stage/bench.ts';
import { openStage } from './stage/open-stage.ts';
import type { FolderOf } from './stage/scenario-words.ts';
import { openStageFolder, type StageFolder } from './stage/stage-folder.ts';

/** On two cores a third agent makes all of them slow. */
const LANES = 2;

const { agents, checks, latest, write } = readArguments(process.argv.slice(2));
const gathered: readonly GatheredAgent[] = JSON.parse(process.env['QUARTERDECK_GATHERED'] ?? '[]');

await runMain(async () => {
  const cache = cacheFolder(process.env);
  const outcomes: Outcome[] = [];
  await using folder = await openStageFolder(cache);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void leave(folder));
  try {
    await playAll(folder, { evidence: join(cache, 'evidence'), outcomes });
    outcomes.push(...(await judgeWhole(folder, outcomes)));
  } catch (error) {
    outcomes.push(whole('the run', [error instanceof Error ? error.message : String(error)]));
  }
  console.log(`\n${tableText(outcomes, { agents, checks, gathered })}\n`);
  close(outcomes);
  return outcomes.some(({ verdict }) => verdict === 'failed') ? 1 : 0;
});

async function playAll(
  { path }: StageFolder,
  { evidence, outcomes }: { readonly evidence: string; readonly outcomes: Outcome[] },
): Promise<void> {
  const binFolders = gathered.map(({ bin }) => bin);
  await using stage = await openStage({ agents, binFolders, parent: path, scenarios });
  const waiting = [...agents];
  const tell = (outcome: Outcome) => {
    console.log(outcomeLine(outcome));
    outcomes.push(outcome);
  };
  const lane = async () => {
    for (let agent = waiting.shift(); agent; agent = waiting.shift())
      await runLane(stage, agent, { checks, evidence, tell });
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** What holds for the run as a whole: nothing is left of it, and the page says what it saw. */
async function judgeWhole(folder: StageFolder, outcomes: readonly Outcome[]): Promise<readonly Outcome[]> {
  const left = await folder.processes();
  const orphans = whole('no process is left', left.length === 0 ? [] : [`still alive: ${left.join(', ')}`]);
  const isWhole = agents.length === AGENTS.length && checks.length === CHECKS.length && !latest;
  if (!isWhole) return [tellWhole(orphans)];
  const difference = checkPage({ agents, checks, gathered, outcomes }, write);
  return [tellWhole(orphans), tellWhole(whole('docs/agents.md', difference === null ? [] : [difference]))];
}

function tellWhole(outcome: Outcome): Outcome {
  console.log(outcomeLine(outcome));
  return outcome;
}

function whole(check: string, problems: readonly string[]): Outcome {
  const verdict = problems.length === 0 ? 'passed' : 'failed';
  return { agent: 'all', check, verdict, problems, figures: {}, seconds: 0 };
}

/** Somebody stopped the run: nothing of it may go on. */
async function leave(folder: StageFolder): Promise<void> {
  await folder[Symbol.asyncDispose]();
  process.exit(130);
}

function scenarios(folderOf: FolderOf) {
  const named = (agent: AgentUnderTest) =>
    checks
      .flatMap((check) => Object.entries(check.scenarios(agent, folderOf)))
      .map(([name, scenario]) => [scenarioName(agent, name), scenario] as const);
  return Object.fromEntries(agents.flatMap(named));
}
