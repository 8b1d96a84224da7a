// The matrix itself. Started by main.ts, which brings the agents and takes the network away.
import { join } from 'node:path';
import type { AgentUnderTest } from './agents/agent-under-test.ts';
import { cacheFolder } from './install/cache-folder.ts';
import type { GatheredAgent } from './install/gather-agents.ts';
import { readArguments } from './read-arguments.ts';
import { closingLine } from './report/closing-line.ts';
import type { Outcome } from './report/outcome.ts';
import { outcomeLine, tableText } from './report/table-text.ts';
import { runLane } from './run-lane.ts';
import { scenarioName } from './stage/bench.ts';
import { openStage } from './stage/open-stage.ts';
import type { FolderOf } from './stage/scenario-words.ts';
import { openStageFolder } from './stage/stage-folder.ts';

/** On two cores a third agent makes all of them slow. */
const LANES = 2;

const { agents, checks } = readArguments(process.argv.slice(2));
const gathered: readonly GatheredAgent[] = JSON.parse(process.env['QUARTERDECK_GATHERED'] ?? '[]');
const outcomes = await runAll();
console.log(`\n${tableText(outcomes, { agents, checks, gathered })}\n`);
console.log(closingLine(outcomes));
process.exitCode = outcomes.some(({ verdict }) => verdict === 'failed') ? 1 : 0;

async function runAll(): Promise<readonly Outcome[]> {
  const binFolders = gathered.map(({ bin }) => bin);
  const cache = cacheFolder(process.env);
  await using folder = await openStageFolder(cache);
  await using stage = await openStage({ agents, binFolders, parent: folder.path, scenarios });
  const evidence = join(cache, 'evidence');
  const tell = (outcome: Outcome) => console.log(outcomeLine(outcome));
  const waiting = [...agents];
  const done: Outcome[] = [];
  const lane = async () => {
    for (let agent = waiting.shift(); agent; agent = waiting.shift())
      done.push(...(await runLane(stage, agent, { checks, evidence, tell })));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return done;
}

function scenarios(folderOf: FolderOf) {
  const named = (agent: AgentUnderTest) =>
    checks
      .flatMap((check) => Object.entries(check.scenarios(agent, folderOf)))
      .map(([name, scenario]) => [scenarioName(agent, name), scenario] as const);
  return Object.fromEntries(agents.flatMap(named));
}
