import { closeSync, ftruncateSync, writeSync } from 'node:fs';
import { openToAppend } from '@quarterdeck/agent/home/open-plain';

const MAX_CHARS = 1024 * 1024;

/** Opens an empty log for the preparation of a workspace and returns what adds a line to it. Cut at 1 MiB. */
export function openSetupLog(path: string): (line: string) => void {
  const add = (text: string): void => {
    const file = openToAppend(path);
    writeSync(file, text);
    closeSync(file);
  };
  const empty = openToAppend(path);
  ftruncateSync(empty);
  closeSync(empty);
  let written = 0;
  return (line) => {
    if (written > MAX_CHARS) return;
    written += line.length + 1;
    add(written > MAX_CHARS ? '[the rest of the set-up output was cut]\n' : `${line}\n`);
  };
}
