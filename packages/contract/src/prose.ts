/** Markdown without its code: fenced and indented blocks, and code spans, become blanks. Takes time in proportion to its length. */
export function proseOf(markdown: string): string {
  return withoutSpans(withoutBlocks(markdown.split(/\r\n?|\n/)).join('\n'));
}

function withoutBlocks(lines: readonly string[]): string[] {
  let fence: string | null = null;
  let isAfterBlank = true;
  return lines.map((line) => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = null;
      return '';
    }
    if (mark !== undefined) {
      fence = mark;
      return '';
    }
    const isIndented = isAfterBlank && /^(?: {4}|\t)/.test(line);
    if (!isIndented) isAfterBlank = line.trim() === '';
    return isIndented ? '' : line;
  });
}

/** A span goes from some backticks to the next that are as many; without those they are only backticks. */
function withoutSpans(text: string): string {
  const marks = [...text.matchAll(/`+/g)].map((match) => ({ at: match.index, size: match[0].length }));
  const closers = new Map<number, number[]>();
  for (const [index, { size }] of marks.entries()) {
    const same = closers.get(size);
    if (same) same.push(index);
    else closers.set(size, [index]);
  }
  let prose = '';
  let end = 0;
  for (let index = 0; index < marks.length; index += 1) {
    const mark = marks[index];
    const rest = mark && closers.get(mark.size);
    while (rest !== undefined && (rest[0] ?? marks.length) <= index) rest.shift();
    const closer = marks[rest?.[0] ?? -1];
    if (mark === undefined || rest?.[0] === undefined || closer === undefined) continue;
    prose += `${text.slice(end, mark.at)} `;
    end = closer.at + closer.size;
    index = rest[0];
  }
  return prose + text.slice(end);
}
