import { isSameLabel, Label } from '@quarterdeck/contract/label';

const MOST_SUGGESTED = 8;

export interface Suggestion {
  readonly name: string;
  readonly isNew: boolean;
}

/** What a typed text may mean: labels that begin with it, then those that contain it, then itself as a new one. */
export function suggestLabels(
  typed: string,
  { used, chosen }: { readonly used: readonly string[]; readonly chosen: readonly string[] },
): readonly Suggestion[] {
  const text = typed.trim().toLowerCase();
  const free = used.filter((name) => !chosen.some((each) => isSameLabel(each, name)));
  const places = free.map((name) => ({ name, at: name.toLowerCase().indexOf(text) }));
  const fitting = places
    .filter(({ at }) => at >= 0)
    .sort((one, other) => Number(one.at > 0) - Number(other.at > 0))
    .slice(0, MOST_SUGGESTED)
    .map(({ name }) => ({ name, isNew: false }));
  const made = Label.safeParse(typed);
  const isKnown = made.success && [...used, ...chosen].some((each) => isSameLabel(each, made.data));
  return made.success && !isKnown ? [...fitting, { name: made.data, isNew: true }] : fitting;
}
