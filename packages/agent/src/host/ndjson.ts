const NEWLINE = 10;

/** Longest frame between runner and host. */
export const MAX_FRAME_BYTES = 8 * 1024 * 1024;

/** A line grew past its limit before it ended. */
export class LineTooLongError extends Error {
  override readonly name = 'LineTooLongError';
}

/** Cuts a byte stream into lines without their newline. Holds at most `maxBytes` of an unfinished line, then throws. */
export function lineSplitter(maxBytes: number, onLine: (line: string) => void): (chunk: Buffer) => void {
  let pieces: Buffer[] = [];
  let held = 0;
  return (chunk) => {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      pieces.push(chunk.subarray(start, end));
      const line = Buffer.concat(pieces).toString('utf8');
      pieces = [];
      held = 0;
      start = end + 1;
      onLine(line);
    }
    if (start === chunk.length) return;
    held += chunk.length - start;
    if (held > maxBytes) {
      pieces = [];
      throw new LineTooLongError(`sent a line longer than ${Math.round(maxBytes / 1024 / 1024)} MiB`);
    }
    pieces.push(chunk.subarray(start));
  };
}
