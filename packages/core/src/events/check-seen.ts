import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { fieldWords, judgeSeen } from '@quarterdeck/contract/seen';

type Values = Readonly<Record<string, unknown>>;

interface SeenCheck {
  readonly current: Values;
  /** Fields that the change would give a new value. */
  readonly fields: readonly string[];
  /** What the writer saw; undefined when it did not say, and then it wants to replace whatever is there. */
  readonly seen: Values | undefined;
  /** Who changed one of these fields last, as far as that is known. */
  readonly findWriter: (fields: readonly string[]) => Promise<string | null>;
}

/** Refuses a change of values that are no longer those its writer saw (`changed_meanwhile`). */
export async function checkSeen({ current, fields, seen, findWriter }: SeenCheck): Promise<Result<null>> {
  if (seen === undefined) return ok(null);
  const { unsaid, stale } = judgeSeen(current, fields, seen);
  if (unsaid.length > 0) {
    const reason = `"seen" has to say what ${fieldWords(unsaid)} was (${unsaid.join(', ')})`;
    return refuse('invalid_input', { reason });
  }
  if (stale.length === 0) return ok(null);
  const by = (await findWriter(stale)) ?? 'somebody';
  return refuse('changed_meanwhile', { by, what: fieldWords(stale), fields: [...stale] });
}
