// A real ACP agent that notes when its process began, and reports its task as complete at the first prompt.
import { appendFileSync } from 'node:fs';
import { serveAcp } from './acp-agent.ts';

const [logFile = ''] = process.argv.slice(2);
// performance.timeOrigin is taken when the process starts, before any JavaScript is loaded.
appendFileSync(
  logFile,
  `${JSON.stringify({ spawnedAt: performance.timeOrigin, runningAt: performance.timeOrigin + performance.now() })}\n`,
);
await serveAcp('Punctual', ({ complete }) => complete('Done at once.'));
