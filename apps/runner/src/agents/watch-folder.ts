import { type FSWatcher, watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { describeError, type WriteLog } from '../write-log.ts';

/** An editor writes a file in several steps, and a half-written one would be told as a bad one. */
const SETTLE_MS = 300;

export interface FolderWatch {
  readonly stop: () => void;
}

/**
 * Calls `onChange` after files in a folder have changed and been left alone for a moment. The folder is made when it is not there. Where
 * a folder cannot be watched nothing is called; who needs to know then looks from time to time.
 */
export async function watchFolder(
  folder: string,
  { onChange, log }: { readonly onChange: () => void; readonly log: WriteLog },
): Promise<FolderWatch> {
  let timer: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | null = null;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    watcher = watch(folder, { persistent: false }, () => {
      clearTimeout(timer);
      timer = setTimeout(onChange, SETTLE_MS);
    });
    watcher.on('error', (error) => log(`${folder} is no longer watched: ${describeError(error)}`));
  } catch (error) {
    log(`${folder} cannot be watched, so changes there are seen within ten minutes: ${describeError(error)}`);
  }
  return {
    stop: () => {
      clearTimeout(timer);
      watcher?.close();
    },
  };
}
