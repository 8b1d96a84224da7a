import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandId } from '@quarterdeck/contract/ids';
import type { RunCommand } from '@quarterdeck/contract/runner-protocol';
import { z } from 'zod';
import { writeWhole } from './journal.ts';

const Accepted = z.object({ commandId: z.string() });

/** Remembers which commands were accepted, so that one that is sent again is not carried out again. */
export interface AcceptedCommands {
  /** Writes the command down; false when it was accepted before. */
  readonly accept: (commandId: CommandId, command: RunCommand) => boolean;
  readonly close: () => void;
}

/** Opens `<runDir>/commands.jsonl`. Only the kind of a command is kept, never its text. */
export function openAcceptedCommands(runDir: string): AcceptedCommands {
  const file = openSync(join(runDir, 'commands.jsonl'), 'a+', 0o600);
  const written = readFileSync(join(runDir, 'commands.jsonl'), 'utf8');
  const seen = new Set(written.split('\n').flatMap(idIn));
  // Nothing may be appended to a torn line.
  if (written !== '' && !written.endsWith('\n')) writeWhole(file, Buffer.from('\n'));
  return {
    accept: (commandId, { kind }) => {
      if (seen.has(commandId)) return false;
      writeWhole(file, Buffer.from(`${JSON.stringify({ commandId, kind })}\n`));
      seen.add(commandId);
      return true;
    },
    close: () => closeSync(file),
  };
}

function idIn(line: string): string[] {
  try {
    return [Accepted.parse(JSON.parse(line)).commandId];
  } catch {
    // A torn last line: its command was not acknowledged, and is carried out when it is sent again.
    return [];
  }
}
