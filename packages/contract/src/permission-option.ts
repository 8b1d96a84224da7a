import { z } from 'zod';
import type { ToolKind } from './session.ts';

/** One of the answers an agent offers with a permission request, as it named it. */
export const PermissionOption = z.object({
  id: z.string(),
  name: z.string(),
  /** ACP's `allow_once`, `allow_always`, `reject_once`, `reject_always`, a word we do not know, or nothing. */
  kind: z.string().nullable(),
});
export type PermissionOption = z.infer<typeof PermissionOption>;

const ALLOW = ['allow_once', 'allow_always'];
// "Always" options leave rules in the agent's own settings, out of our sight, so they come last.
const REJECT = ['reject_once', 'reject_always'];

/** What picking an option comes to: null when its kind does not say. */
export function decisionOf({ kind }: PermissionOption): 'allow' | 'deny' | null {
  if (kind === null) return null;
  if (ALLOW.includes(kind)) return 'allow';
  return REJECT.includes(kind) ? 'deny' : null;
}

/** The one option that "allow once" means; null when the agent offers none, or several that differ. */
export function allowOption(options: readonly PermissionOption[]): PermissionOption | null {
  const [first, ...rest] = options.filter(({ kind }) => kind === 'allow_once');
  return first !== undefined && rest.every(({ name }) => name === first.name) ? first : null;
}

/** The option that a plain refusal means; null when the agent offers none, and then it is told that its request is cancelled. */
export function rejectOption(options: readonly PermissionOption[]): PermissionOption | null {
  const found = REJECT.map((wanted) => options.find(({ kind }) => kind === wanted));
  return found.find((option) => option !== undefined) ?? null;
}

/**
 * Whether a person must see the agent's own choices, because allow and reject do not say all of them. `null` options are of an
 * older agent host, which chose by kind alone.
 */
export function hasOwnChoices({
  toolKind,
  options,
}: {
  readonly toolKind: ToolKind;
  readonly options: readonly PermissionOption[] | null;
}): boolean {
  if (options === null) return false;
  if (toolKind === 'switch_mode' || allowOption(options) === null) return true;
  return options.some(
    (option) =>
      decisionOf(option) === null ||
      options.some((other) => other.kind === option.kind && other.name !== option.name),
  );
}
