import type { PermissionOption } from '@quarterdeck/contract/permission-option';
import { clipEnd } from './clip.ts';

const MAX_OPTIONS = 50;
const MAX_ID_CHARS = 200;
const MAX_NAME_CHARS = 400;

interface OfferedOption {
  readonly optionId: string;
  readonly name?: string | null | undefined;
  readonly kind?: string | null | undefined;
}

/** The options of a request as they go to the people, in the agent's order. Each gets an id that every database keeps and that is its own. */
export function offeredOptions(options: readonly OfferedOption[]): PermissionOption[] {
  const taken = new Set<string>();
  return options.slice(0, MAX_OPTIONS).map(({ optionId, name, kind }, index) => {
    const plain = optionId.replaceAll(/[^\x20-\x7e]/g, '_').slice(0, MAX_ID_CHARS);
    const id = plain === '' || taken.has(plain) ? `${plain}#${index + 1}` : plain;
    taken.add(id);
    return {
      id,
      name: clipEnd(name?.trim() || optionId, MAX_NAME_CHARS),
      kind: kind ? clipEnd(kind, 40) : null,
    };
  });
}
