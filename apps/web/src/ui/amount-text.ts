/** Tokens in one short figure: `840`, `12 k`, `1.4 M`. */
export function tokensText(tokens: number): string {
  if (tokens < 1000) return String(tokens);
  if (tokens < 999_500) return `${tokens < 9950 ? (tokens / 1000).toFixed(1) : Math.round(tokens / 1000)} k`;
  return `${(tokens / 1_000_000).toFixed(1)} M`;
}

/** Money from millionths of a dollar; an estimate is marked. */
export function moneyText(micros: number, source: 'reported' | 'estimated' | null): string {
  const dollars = micros / 1_000_000;
  const text = dollars > 0 && dollars < 0.01 ? '<$0.01' : `$${dollars.toFixed(2)}`;
  return source === 'estimated' ? `~${text}` : text;
}

/** A size: `840 B`, `12 KB`, `1.4 MB`, `3.2 GB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  if (bytes < 1024 ** 3) return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
  return `${(bytes / 1024 ** 3).toFixed(1)} GB`;
}

/** `1 task`, `3 tasks`. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
