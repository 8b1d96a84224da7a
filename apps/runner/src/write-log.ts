/** The runner's own log: one sentence per event, on standard error. */
export type WriteLog = (text: string) => void;

/** Writes with the time in front. A closed standard error must not take the runner down, so its errors are dropped. */
export function logToStderr(): WriteLog {
  process.stderr.on('error', () => undefined);
  return (text) => void process.stderr.write(`${new Date().toISOString()} runner: ${text}\n`);
}

/** The text of whatever was thrown, with its causes. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : ` (${describeError(error.cause)})`;
  return `${error.message}${cause}`;
}
