// Entry of the agent host process: `node agent-host.ts <runDir>`. It lives as long as its agent.
import { runHost } from '@quarterdeck/agent/host/run-host';

const runDir = process.argv[2];
if (runDir === undefined) throw new Error('Start the agent host with the folder of its run.');
await runHost(runDir);
// Timers of a graceful end may be left; everything is written down.
process.exit(0);
