/** JSON kept as text. The text was written by this package, so its shape is trusted. */
export function fromJson<T>(text: string): T {
  return JSON.parse(text) as T;
}
