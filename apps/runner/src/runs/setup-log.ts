import { appendFileSync, writeFileSync } from 'node:fs';

const MAX_CHARS = 1024 * 1024;

/** Opens an empty log for the preparation of a workspace and returns what adds a line to it. Cut at 1 MiB. */
export function openSetupLog(path: string): (line: string) => void {
  writeFileSync(path, '', { mode: 0o600 });
  let written = 0;
  return (line) => {
    if (written > MAX_CHARS) return;
    written += line.length + 1;
    appendFileSync(path, written > MAX_CHARS ? '[the rest of the set-up output was cut]\n' : `${line}\n`, {
      mode: 0o600,
    });
  };
}
