/** Two letters for a name: of its first and last word, or its first two. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const first = words[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  const letters = last === '' ? first.slice(0, 2) : `${first[0]}${last[0]}`;
  return letters.toUpperCase();
}
