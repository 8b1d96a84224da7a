interface FieldState {
  /** What is typed. */
  readonly text: string;
  readonly isOpen: boolean;
  readonly hasLabels: boolean;
  /** Whether a suggestion was chosen, by typing or with the arrows. */
  readonly isAsked: boolean;
}

type KeyAct = 'remove-last' | 'close' | 'add' | 'next' | 'previous';

/** What a key means in the field for labels; null leaves it to the browser and to the page. */
export function labelKey(key: string, { text, isOpen, hasLabels, isAsked }: FieldState): KeyAct | null {
  if (key === 'Backspace') return text === '' && hasLabels ? 'remove-last' : null;
  if (key === 'Escape') return isOpen || text !== '' ? 'close' : null;
  if (key === ',') return 'add';
  if (key === 'Enter') return isAsked ? 'add' : null;
  if (key === 'ArrowDown') return 'next';
  return key === 'ArrowUp' ? 'previous' : null;
}
