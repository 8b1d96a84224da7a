const tails = new Map<string, Promise<unknown>>();

/** Runs `work` after all earlier work on the same repository: adding and removing worktrees changes what they share. */
export function inRepositoryQueue<T>(commonDir: string, work: () => Promise<T>): Promise<T> {
  const previous = tails.get(commonDir) ?? Promise.resolve();
  const current = previous.then(work, work);
  const settled = current.then(
    () => undefined,
    () => undefined,
  );
  tails.set(commonDir, settled);
  void settled.then(() => {
    if (tails.get(commonDir) === settled) tails.delete(commonDir);
  });
  return current;
}
