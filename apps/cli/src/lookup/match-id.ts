import type { ErrorCode } from '@quarterdeck/contract/errors';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';

/** Ids this long were copied whole; only shorter ones are looked up. */
const WHOLE_ID_LENGTH = 10;

interface Notion {
  readonly prefix: string;
  readonly notFound: ErrorCode;
  /** Name of the id in the refusal's details. */
  readonly detail: string;
}

/** What people type: `t_77aa`, or `77aa` without the prefix. */
export function fullSpelling(prefix: string, typed: string): string {
  return typed.startsWith(`${prefix}_`) ? typed : `${prefix}_${typed}`;
}

/** Whether an id is long enough to be sent to the server as it is. */
export function isWholeId(id: string): boolean {
  return id.length >= WHOLE_ID_LENGTH;
}

/** The one id that begins with what was typed. */
export function matchId(notion: Notion, typed: string, ids: readonly string[]): Result<string> {
  const start = fullSpelling(notion.prefix, typed);
  const matches = ids.filter((id) => id.startsWith(start));
  const exact = matches.find((id) => id === start);
  const [only, ...others] = exact ? [exact] : matches;
  if (only === undefined) return refuse(notion.notFound, { [notion.detail]: start });
  if (others.length === 0) return ok(only);
  const shown = matches.slice(0, 5).join(', ');
  return refuse('invalid_input', {
    reason: `"${typed}" fits ${matches.length} ids (${shown}); write more of it`,
  });
}
