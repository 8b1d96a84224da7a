import type { Choice } from '@quarterdeck/contract/agent-choice';
import type { MenuItem } from '../../ui/menu.tsx';

interface Choosing {
  /** What kind of value it is, for keys. */
  readonly of: 'model' | 'effort';
  readonly choices: readonly Choice[];
  readonly chosen: string | null;
  /** The words for choosing nothing. */
  readonly none: string;
  readonly onChoose: (value: string | null) => void;
}

/** What an agent offers as rows of a menu; what is chosen is there even when the agent no longer offers it. */
export function choiceItems({ of, choices, chosen, none, onChoose }: Choosing): readonly MenuItem[] {
  const isOffered = chosen === null || choices.some(({ value }) => value === chosen);
  const all = isOffered ? choices : [...choices, { value: chosen, name: `${chosen} (not offered)` }];
  return [
    { key: `${of}:-none`, label: none, isOn: chosen === null, onSelect: () => onChoose(null) },
    ...all.map(({ value, name }) => ({
      key: `${of}:${value}`,
      label: name,
      isOn: value === chosen,
      onSelect: () => onChoose(value),
    })),
  ];
}
