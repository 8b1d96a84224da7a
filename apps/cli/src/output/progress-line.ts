import type { Writer } from '../command/terminal.ts';
import { sizeText } from './amount-text.ts';

/** Smaller files are there before anybody reads a number. */
const WORTH_SHOWING_BYTES = 1024 * 1024;

interface Progress {
  readonly name: string;
  /** Null when it is not known. */
  readonly totalBytes: number | null;
}

/** Shows how far a large file is, in one line of a terminal that is rubbed out in the end. */
export function passThroughProgress(
  stderr: Writer,
  { name, totalBytes }: Progress,
): TransformStream<Uint8Array, Uint8Array> {
  const isShown = Boolean(stderr.isTTY) && (totalBytes ?? 0) >= WORTH_SHOWING_BYTES;
  let done = 0;
  let shown = '';
  return new TransformStream({
    transform(piece, controller) {
      done += piece.length;
      const line = `${name}  ${Math.floor((done / (totalBytes || 1)) * 100)} % of ${sizeText(totalBytes)}`;
      if (isShown && line !== shown) stderr.write(`\r${line}`);
      shown = line;
      controller.enqueue(piece);
    },
    flush() {
      if (isShown) stderr.write(`\r${' '.repeat(shown.length)}\r`);
    },
  });
}
