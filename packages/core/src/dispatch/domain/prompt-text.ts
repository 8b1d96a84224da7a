/** A part of a prompt under a heading; null without lines. */
export function section(title: string, lines: readonly string[]): string | null {
  return lines.length === 0 ? null : `# ${title}\n${lines.join('\n')}`;
}

/** Text that says when it was cut. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)} … (cut)`;
}
