import { createHash } from 'node:crypto';
import type { Dialect } from './dialect.ts';

/** A reply as it goes over the wire, and the tag by which a client that has it asks whether it is still good. */
export interface KeptReply {
  readonly bytes: Buffer;
  readonly etag: string;
}

const kept = new WeakMap<object, Map<Dialect, KeptReply>>();

/** Says that a reply will be given again as it is: it is encoded once for each spelling, for as long as somebody holds it. */
export function keepReply<T extends object>(value: T): T {
  if (!kept.has(value)) kept.set(value, new Map());
  return value;
}

/** The encoded form of a reply that is kept; null for any other. */
export function keptReply(value: unknown, dialect: Dialect): KeptReply | null {
  const spellings = typeof value === 'object' && value !== null ? kept.get(value) : undefined;
  if (!spellings) return null;
  const known = spellings.get(dialect);
  if (known) return known;
  const bytes = Buffer.from(JSON.stringify(dialect.writeReply(value)));
  const made = { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
  spellings.set(dialect, made);
  return made;
}
