import { cleanReason } from './clean-reason.ts';

/** Lines that every program of a kind prints, and logs of agents that go on as if nothing was: no reason of an end. */
const NOISE: readonly RegExp[] = [
  /^\s*$/,
  /^\s*\^+\s*$/,
  /^\s+at\s/,
  /^\s*(?:\.\.\. )?\d+ (?:more|lines matching)\b/,
  /^Node\.js v\d/,
  /^Bun v\d/,
  /^\(node:\d+\)/,
  /^\(Use `node --/,
  /^npm (?:notice|warn)/i,
  /\bphase=/,
  /^note: run with `RUST_BACKTRACE/,
  /^note: /,
  /^goroutine \d+ \[/,
  /^exit status \d/,
  /^\s*stack backtrace:/i,
  /^(?:\[?\d{4}-\d\d-\d\dT?[\d:., Z+-]*\]?\s*)?\[?(?:debug|trace|info|verbose)\]?[:\s|]/i,
  /^[\s{}()[\];,]+$/,
];

/** How programs say which error ended them; a pattern gives the line or the part of it that is the reason. */
const ENDINGS: readonly RegExp[] = [
  /^FATAL ERROR: .*$/m,
  /^thread '[^']*'(?: \(\d+\))? panicked at [^'\n]*:\n(.+)$/m,
  /^thread '[^']*'(?: \(\d+\))? panicked at '(.+)', [^\n]+$/m,
  /^panic: .+$/m,
  /^fatal error: .+$/m,
  /^Exception in thread "[^"]*" (.+)$/m,
  /^Unhandled exception\. ?(.+)$/m,
  /^terminate called after throwing an instance of .+\n\s*(what\(\): .+)$/m,
];
const NAMED_ERROR =
  /^(?:Uncaught (?:\(in promise\) )?)?(?:[A-Za-z_$][\w$]*\.)*[A-Z][\w$]*(?:Error|Exception|Exit|Interrupt|Warning|Rejection|Failure)(?: \[[A-Z_]+\])?(?:: .*)?$|^(?:Uncaught )?Error(?: \[[A-Z_]+\])?(?:: .*)?$/;

/** Why a program died by the end of its standard error: the error it names, else the last line that says something; null without one. */
export function crashReason(errorTail: string | null): string | null {
  const tail = (errorTail ?? '').replace(/\r\n?/g, '\n');
  const found = ofPython(tail) ?? ofStack(tail) ?? ofEnding(tail) ?? lastMeaningful(tail);
  if (found === null) return null;
  const text = cleanReason(found);
  return text === '' ? null : text;
}

/** After the last traceback: the first line that is no frame. */
function ofPython(tail: string): string | null {
  const from = tail.lastIndexOf('Traceback (most recent call last):');
  if (from < 0) return null;
  const lines = tail.slice(from).split('\n').slice(1);
  return lines.find((line) => /^[A-Za-z_]/.test(line)) ?? null;
}

/** Before the first frame of the last stack: the error, whose text may have several lines. */
function ofStack(tail: string): string | null {
  const lines = tail.split('\n');
  const named = lines.flatMap((line, index) => (NAMED_ERROR.test(line) ? [index] : []));
  const last = named.at(-1);
  if (last === undefined) return null;
  const line = lines[last] ?? '';
  // An error without a text of its own says it in the lines after.
  return /:\s*$|Error$/.test(line) && isText(lines[last + 1]) ? `${line} ${lines[last + 1]}` : line;
}

function isText(line: string | undefined): boolean {
  return line !== undefined && !NOISE.some((pattern) => pattern.test(line));
}

function ofEnding(tail: string): string | null {
  for (const pattern of ENDINGS) {
    const found = tail.match(pattern);
    if (found) return found[1] ?? found[0];
  }
  return null;
}

function lastMeaningful(tail: string): string | null {
  return (
    tail
      .split('\n')
      .filter((line) => isText(line))
      .at(-1) ?? null
  );
}
