/** The first `max` characters, marked with `…` when something was cut. */
export function clipEnd(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}

/** The last `max` characters, marked with `…` when something was cut. */
export function clipStart(text: string, max: number): string {
  return text.length <= max ? text : `…${text.slice(text.length - max + 1)}`;
}

/** One line of at most `max` characters: line ends and runs of blanks become one blank. */
export function oneLine(text: string, max: number): string {
  return clipEnd(
    text
      .slice(0, max * 4)
      .replace(/\s+/g, ' ')
      .trim(),
    max,
  );
}
