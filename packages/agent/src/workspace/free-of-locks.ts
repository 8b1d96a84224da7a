import { rm } from 'node:fs/promises';
import type { GitAnswer } from './git.ts';

/**
 * Repeats git's work without the lock of a task's own branch that a killed git of the agent, or a machine that went down, left behind.
 * Only when its processes are gone: the branch is nobody else's. Every other lock is left to whoever has it.
 */
export async function freeOfLock(lock: string, work: () => Promise<GitAnswer>): Promise<GitAnswer> {
  const answer = await work();
  const named = /Unable to create '(.+\.lock)': File exists/.exec(answer.stderr)?.[1];
  if (answer.code === 0 || named !== lock) return answer;
  await rm(lock, { force: true });
  return work();
}
