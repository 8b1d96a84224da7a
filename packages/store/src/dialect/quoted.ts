/** A name as SQL; names come from this package only. */
export function quoted(name: string): string {
  return `"${name}"`;
}
