import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/** The program a command name stands for: on the search path, or the path itself. Null when there is none that may be run. */
export async function findCommand(command: string, searchPath: string): Promise<string | null> {
  if (isAbsolute(command) || command.includes('/'))
    return (await isProgram(command)) ? resolve(command) : null;
  for (const folder of searchPath.split(delimiter)) {
    const path = join(folder, command);
    if (folder !== '' && (await isProgram(path))) return path;
  }
  return null;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
