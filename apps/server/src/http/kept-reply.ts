import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Dialect } from './dialect.ts';

/** A reply as it goes over the wire, and the tag by which a client that has it asks whether it is still good. */
export interface KeptReply {
  readonly bytes: Buffer;
  readonly etag: string;
  /** The same compressed, made at the first time it is asked for; null where that saves little. */
  readonly gzipped: (() => Promise<Buffer>) | null;
}

/** Below this a reply fits a few packets anyway, bytes. */
const WORTH_COMPRESSING = 8 * 1024;

const compress = promisify(gzip);
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
  const made = encode(value, dialect);
  spellings.set(dialect, made);
  return made;
}

/** The tag names this encoding, which is given again as it is; to digest ten megabytes for it would take 8 ms. */
function encode(value: unknown, dialect: Dialect): KeptReply {
  const bytes = Buffer.from(JSON.stringify(dialect.writeReply(value)));
  let gzipped: Promise<Buffer> | undefined;
  const zip = () => {
    gzipped ??= compress(bytes, { level: constants.Z_BEST_SPEED });
    return gzipped;
  };
  return {
    bytes,
    etag: `"${randomBytes(16).toString('base64url')}"`,
    gzipped: bytes.length < WORTH_COMPRESSING ? null : zip,
  };
}
