import { closeSync, fstatSync, renameSync } from 'node:fs';
import { openToAppend } from '../home/open-plain.ts';
import { writeWhole } from './journal.ts';

/** A log file that never outgrows its limit while it is written. */
export interface BoundedLog {
  readonly write: (text: string | Buffer) => void;
  readonly close: () => void;
}

export const LOG_LIMIT_BYTES = 2 * 1024 * 1024;

/** Opens a log of at most `limitBytes`, with one older generation of the same size at `<path>.1`. */
export function openBoundedLog(path: string, limitBytes: number = LOG_LIMIT_BYTES): BoundedLog {
  let file = openToAppend(path);
  let size = fstatSync(file).size;
  let isOpen = true;
  const turnOver = (): void => {
    closeSync(file);
    renameSync(path, `${path}.1`);
    file = openToAppend(path);
    size = 0;
  };
  return {
    write: (text) => {
      if (!isOpen) return;
      const whole = typeof text === 'string' ? Buffer.from(text) : text;
      const bytes = whole.subarray(Math.max(0, whole.length - limitBytes));
      if (size + bytes.length > limitBytes) turnOver();
      writeWhole(file, bytes);
      size += bytes.length;
    },
    close: () => {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}
