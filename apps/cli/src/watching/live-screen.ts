import type { Writer } from '../command/terminal.ts';
import { cutTo } from '../output/display-width.ts';

export interface LiveScreen {
  /** Running text, as it comes. */
  readonly write: (text: string) => void;
  /** A line of its own. */
  readonly line: (text: string) => void;
  /** One plain line at the bottom that is replaced, and gone when anything else is written; only on a terminal. */
  readonly status: (text: string | null) => void;
  /** Leaves the cursor at the start of an empty line. */
  readonly finish: () => void;
}

const ERASE_LINE = '\r\u001b[2K';

/** Text that grows at its end, with a status line below it that leaves no trace. */
export function createLiveScreen(writer: Writer): LiveScreen {
  let isAtLineStart = true;
  let shown: string | null = null;
  const erase = () => {
    if (shown !== null) writer.write(ERASE_LINE);
    shown = null;
  };
  const endLine = () => {
    if (!isAtLineStart) writer.write('\n');
    isAtLineStart = true;
  };
  return {
    write(text) {
      if (text === '') return;
      erase();
      writer.write(text);
      isAtLineStart = text.endsWith('\n');
    },
    line(text) {
      erase();
      endLine();
      writer.write(`${text}\n`);
    },
    status(text) {
      if (text === shown) return;
      erase();
      if (text === null || !writer.isTTY || !isAtLineStart) return;
      writer.write(cutTo(text, Math.max(10, (writer.columns || 80) - 1)));
      shown = text;
    },
    finish() {
      erase();
      endLine();
    },
  };
}
