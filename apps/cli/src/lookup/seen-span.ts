import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';

/** The commits between which changes were shown; both null when nobody says what they looked at. */
export interface SeenSpan {
  readonly base: string | null;
  readonly head: string | null;
}

const SPAN = /^([0-9a-f]{40,64})\.\.([0-9a-f]{40,64})$/;

/** Reads `<base>..<head>`, as `task diff` prints it. */
export function readSeen(text: string | undefined): Result<SeenSpan> {
  if (text === undefined) return ok({ base: null, head: null });
  const [, base, head] = SPAN.exec(text) ?? [];
  if (base !== undefined && head !== undefined) return ok({ base, head });
  const reason = `--seen takes two whole commit ids, <base>..<head>, as "quarterdeck task diff" prints them; this is "${text}"`;
  return refuse('invalid_input', { reason });
}
