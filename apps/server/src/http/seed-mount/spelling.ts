import type { Refusal } from '@quarterdeck/contract/result';
import type { Dialect } from '../dialect.ts';

/** Maps whose keys are people's words, such as assignees, and not names of fields. */
const KEYED_BY_WORDS = new Set(['by_status', 'by_assignee']);
/** Points in time that do not end in `At` or that the seed calls differently. */
const RENAMED = new Map([['claimExpiresAt', 'claim_expires']]);
const TIMES = new Set(['now', 'at', 'until']);

/** Fields for which the seed takes an empty text for none. */
const NONE_WHEN_EMPTY = new Set(['idempotencyKey']);

/** Below `/api`: where a client written for the seed finds the board. */
export const SEED_PREFIX = '/plugins/kanban';

/** Whether a request is for the seed's mount, by its path alone. */
export function isSeedPath(path: string): boolean {
  return path.startsWith(`/api${SEED_PREFIX}/`);
}

/** The seed's spelling: snake_case, times in whole seconds, errors as `{detail}`. */
export const SEED_DIALECT: Dialect = {
  readQuery: readFields,
  readBody: (body) => (isRecord(body) ? readFields(body) : body),
  fieldName: seedName,
  writeReply: toSeed,
  writeRefusal: (refusal: Refusal) => ({ detail: refusal.message }),
};

/** A value of the contract in the seed's spelling. */
export function toSeed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toSeed);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([name, content]) => {
    const spelled = seedName(name);
    if (KEYED_BY_WORDS.has(spelled)) return [spelled, content];
    return [spelled, isTime(name, content) ? toSeconds(content) : toSeed(content)];
  });
  return Object.fromEntries(entries);
}

/** Milliseconds since the epoch as the seed writes time: whole seconds. */
export function toSeconds(millis: number): number {
  return Math.floor(millis / 1000);
}

function readFields(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(fields).map(([name, content]) => {
    const spelled = contractName(name);
    if (content === '' && NONE_WHEN_EMPTY.has(spelled)) return [spelled, null];
    const isMillis = spelled.endsWith('At') && typeof content === 'number';
    return [spelled, isMillis ? content * 1000 : content];
  });
  return Object.fromEntries(entries);
}

function isTime(name: string, content: unknown): content is number {
  return typeof content === 'number' && (name.endsWith('At') || TIMES.has(name));
}

function seedName(name: string): string {
  return RENAMED.get(name) ?? name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function contractName(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
