// A real ACP agent that makes a step every so often, each also a line in a log that all agents share, until it has made enough of
// them or a file says that it is enough. Then it reports its task as complete.
import { appendFileSync, existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { serveAcp } from './acp-agent.ts';

const [logFile = '', enoughFile = '', pauseMs = '100', mostSteps = '1000000'] = process.argv.slice(2);
const runId = process.env['QUARTERDECK_RUN'];
const note = (step: number) =>
  appendFileSync(logFile, `${JSON.stringify({ runId, pid: process.pid, step })}\n`);

note(0);
await serveAcp('Steady', async ({ didStep, complete }) => {
  for (let step = 1; step <= Number(mostSteps) && !existsSync(enoughFile); step += 1) {
    note(step);
    didStep(`step-${step}`, `step ${step}`);
    await wait(Number(pauseMs));
  }
  await complete('Made its steps.');
});
