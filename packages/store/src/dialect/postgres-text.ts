/**
 * A parameter PostgreSQL can store. Its text cannot hold a NUL or half a surrogate pair, and what agents print can: each becomes
 * the replacement character.
 */
export function storable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'string') return value;
  return value.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** JSON whose texts are storable: PostgreSQL refuses to read the escapes of what its text cannot hold. */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  const isSuspect = text.includes('\\u0000') || text.includes('\\ud');
  return isSuspect ? JSON.stringify(value, (_key, it) => storable(it)) : text;
}
