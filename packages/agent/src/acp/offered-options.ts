import type { PermissionOption } from '@quarterdeck/contract/permission-option';
import { clipEnd } from './clip.ts';

const MAX_OPTIONS = 50;
const MAX_NAME_CHARS = 400;

interface OfferedOption {
  readonly optionId: string;
  readonly name?: string | null | undefined;
  readonly kind?: string | null | undefined;
}

/** The options of a request as they go to the people, in the agent's order. The ids are ours, by position: the agent's own can collide or be anything. */
export function offeredOptions(options: readonly OfferedOption[]): PermissionOption[] {
  return options.slice(0, MAX_OPTIONS).map(({ optionId, name, kind }, index) => {
    return {
      id: `o${index + 1}`,
      name: clipEnd(name?.trim() || optionId, MAX_NAME_CHARS),
      kind: kind ? clipEnd(kind, 40) : null,
    };
  });
}
