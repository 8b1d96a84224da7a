import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEntry, JournalLine } from '@quarterdeck/contract/journal';
import { JOURNAL_FILE, parseLine } from './journal-file.ts';

/** The append-only record of a run: what is in it happened, and everything that is sent is in it first. */
export interface Journal {
  readonly path: string;
  /** Writes an entry down under the next `seq` and returns its line. */
  readonly append: (entry: JournalEntry) => JournalLine;
  readonly lastSeq: () => number;
  /** Calls back after each append, with the size of what was written. */
  readonly onAppend: (listener: (line: JournalLine, bytes: number) => void) => void;
  readonly close: () => void;
}

/** Opens the journal of a run, cutting off a torn last line. Numbers go on after the last whole line. */
export function openJournal(runDir: string, now: () => number): Journal {
  const path = join(runDir, JOURNAL_FILE);
  const file = openSync(path, 'a+', 0o600);
  const kept = wholeLines(path);
  ftruncateSync(file, kept.bytes);
  let seq = kept.lastSeq;
  const listeners = new Set<(line: JournalLine, bytes: number) => void>();
  return {
    path,
    append: (entry) => {
      const line = { seq: seq + 1, at: Math.round(now()), entry };
      const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
      writeWhole(file, bytes);
      seq = line.seq;
      for (const listener of listeners) listener(line, bytes.length);
      return line;
    },
    lastSeq: () => seq,
    onAppend: (listener) => void listeners.add(listener),
    close: () => closeSync(file),
  };
}

function wholeLines(path: string): { readonly lastSeq: number; readonly bytes: number } {
  const content = readFileSync(path);
  let lastSeq = 0;
  let bytes = 0;
  for (let end = content.indexOf(10); end !== -1; end = content.indexOf(10, bytes)) {
    const line = parseLine(content.toString('utf8', bytes, end));
    if (line === null || line.seq !== lastSeq + 1) break;
    lastSeq = line.seq;
    bytes = end + 1;
  }
  return { lastSeq, bytes };
}

/** Writes all bytes; the kernel may take them in parts. */
export function writeWhole(file: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
