import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** From spawning a Node process that does nothing to its exit, ms: what the machine makes of any process at this moment. */
export async function startEmptyProcess(): Promise<number> {
  const startedAt = performance.now();
  await once(spawn(process.execPath, ['--eval', ''], { stdio: 'ignore' }), 'exit');
  return performance.now() - startedAt;
}
