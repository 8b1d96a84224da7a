import { closeSync, fstatSync, lstatSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openToRead } from '@quarterdeck/agent/home/open-plain';
import type { RunId } from '@quarterdeck/contract/ids';
import type { LogTail } from '@quarterdeck/contract/runner-protocol';
import { logsFolder } from '../runs/forget-folder.ts';
import { runFolder } from '../runs/run-folder.ts';

interface Part {
  readonly path: string;
  readonly size: number;
}

/**
 * The last `tailBytes` bytes of a run's log: what the set-up printed, then what the agent printed, older part first. A line
 * that was cut in its middle is left out. Works during the run and after it.
 */
export async function readLogTail(
  runnerHome: string,
  { runId, tailBytes }: { readonly runId: RunId; readonly tailBytes: number },
): Promise<LogTail> {
  const live = runFolder(runnerHome, runId);
  const kept = join(logsFolder(runnerHome), runId);
  const livePaths = [live.setupLog, `${live.agentLog}.1`, live.agentLog];
  const keptPaths = [`${kept}.setup.log`, `${kept}.log.1`, `${kept}.log`];
  const liveParts = findParts(livePaths);
  const parts = liveParts.length > 0 ? liveParts : findParts(keptPaths);
  const sizeBytes = parts.reduce((sum, { size }) => sum + size, 0);
  const skipped = Math.max(0, sizeBytes - tailBytes);
  const bytes = readFrom(parts, skipped);
  return {
    path: parts.at(-1)?.path ?? live.agentLog,
    exists: parts.length > 0,
    sizeBytes,
    content: (skipped > 0 ? dropCutLine(bytes) : bytes).toString('utf8'),
    truncated: skipped > 0,
  };
}

/** Only plain files in their own folder: an agent can put a link there that leads to what a viewer must not see. */
function findParts(paths: readonly string[]): readonly Part[] {
  return paths.flatMap((path) => {
    const file = lstatSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() ? openToRead(path) : null;
    if (file === null) return [];
    const { size } = fstatSync(file);
    closeSync(file);
    return [{ path, size }];
  });
}

/** The bytes of all parts as if they were one file, from `offset` on. */
function readFrom(parts: readonly Part[], offset: number): Buffer {
  const pieces: Buffer[] = [];
  let before = 0;
  for (const { path, size } of parts) {
    const start = Math.max(0, offset - before);
    if (start < size) pieces.push(readRange(path, start, size));
    before += size;
  }
  return Buffer.concat(pieces);
}

/** A file that is rotated meanwhile gives less than was asked for, or nothing. */
function readRange(path: string, start: number, end: number): Buffer {
  const file = openToRead(path);
  if (file === null) return Buffer.alloc(0);
  try {
    const buffer = Buffer.alloc(end - start);
    return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, start));
  } finally {
    closeSync(file);
  }
}

function dropCutLine(bytes: Buffer): Buffer {
  const newline = bytes.indexOf(10);
  if (newline >= 0) return bytes.subarray(newline + 1);
  // One line longer than all that was asked for: only the torn character at its front goes.
  const whole = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
  return bytes.subarray(Math.max(0, whole));
}
