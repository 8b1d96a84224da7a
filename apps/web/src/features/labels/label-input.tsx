import { LABEL_LIMITS, mergeLabels } from '@quarterdeck/contract/label';
import { useId, useState } from 'react';
import { classes } from '../../ui/classes.ts';
import { LabelChip } from '../../ui/label-chip.tsx';
import styles from './label-input.module.css';
import { labelKey } from './label-key.ts';
import { type Suggestion, suggestLabels } from './suggest-labels.ts';
import { usedLabels } from './used-labels.ts';

interface LabelInputProps {
  readonly name: string;
  readonly labels: readonly string[];
  readonly onChange: (labels: string[]) => void;
  /** Only these can be chosen; left out, any can and new ones too. */
  readonly choices?: readonly string[];
  readonly placeholder: string;
}

/** Labels as chips with a field to type more: Enter or a comma adds, Backspace in the empty field removes the last. */
export function LabelInput({ name, labels, onChange, choices, placeholder }: LabelInputProps) {
  const field = useLabelField({ labels, onChange, choices });
  const listId = useId();
  const optionId = (at: number) => `${listId}-${at}`;
  const isFull = labels.length >= LABEL_LIMITS.count;
  return (
    <div className={styles.box}>
      {labels.map((label) => (
        <LabelChip
          key={label}
          name={label}
          onRemove={() => onChange(mergeLabels(labels, { remove: [label] }))}
        />
      ))}
      <span className={styles.field}>
        <input
          role="combobox"
          aria-label={name}
          aria-expanded={field.isOpen}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={field.isOpen && field.at >= 0 ? optionId(field.at) : undefined}
          placeholder={isFull ? `At most ${LABEL_LIMITS.count} labels` : placeholder}
          disabled={isFull && field.text === ''}
          maxLength={LABEL_LIMITS.length}
          autoComplete="off"
          value={field.text}
          onFocus={field.open}
          onBlur={field.close}
          onChange={({ target }) => field.type(target.value)}
          onKeyDown={field.press}
        />
        {field.isOpen && (
          <div id={listId} role="listbox" aria-label="Labels" className={styles.list}>
            {field.found.map((suggestion, at) => (
              <Option
                key={suggestion.name}
                id={optionId(at)}
                suggestion={suggestion}
                isOn={at === field.at}
                onPick={() => field.add(suggestion.name)}
              />
            ))}
          </div>
        )}
      </span>
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly suggestion: Suggestion;
  readonly isOn: boolean;
  readonly onPick: () => void;
}

function Option({ id, suggestion, isOn, onPick }: OptionProps) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isOn}
      className={classes(styles.option, isOn && styles.on)}
      onPointerDown={(event) => {
        // The field would lose its focus, and the list with it, before the click.
        event.preventDefault();
        onPick();
      }}
    >
      {suggestion.isNew && 'New: '}
      <LabelChip name={suggestion.name} />
    </div>
  );
}

/** What is typed, what it may mean, and what keys do with it. */
function useLabelField({
  labels,
  onChange,
  choices,
}: Pick<LabelInputProps, 'labels' | 'onChange' | 'choices'>) {
  const [text, setText] = useState('');
  const [marked, setMarked] = useState(-1);
  const [used, setUsed] = useState<readonly string[] | null>(null);
  const all = suggestLabels(text, { used: used ?? [], chosen: labels });
  const found = choices ? all.filter(({ isNew }) => !isNew) : all;
  const at = Math.min(marked < 0 && text.trim() !== '' ? 0 : marked, found.length - 1);
  const isOpen = used !== null && found.length > 0;
  const open = () => setUsed(choices ?? usedLabels());
  const write = (typed: string) => {
    setText(typed);
    setMarked(-1);
  };
  const type = (typed: string) => {
    write(typed);
    if (used === null) open();
  };
  const close = () => {
    setUsed(null);
    write('');
  };
  // The list would lie over what comes next; the next letter opens it again.
  const add = (label: string) => {
    onChange(mergeLabels(labels, { add: [label] }));
    close();
  };
  const step = (by: number) =>
    setMarked((Math.max(at, by > 0 ? -1 : 0) + by + found.length) % found.length || 0);
  const acts = {
    'remove-last': () => onChange(labels.slice(0, -1)),
    close,
    add: () => found[at] && add(found[at].name),
    next: () => step(1),
    previous: () => step(-1),
  };
  const press = (event: React.KeyboardEvent) => {
    const state = { text, isOpen, hasLabels: labels.length > 0, isAsked: at >= 0 };
    const act = event.nativeEvent.isComposing ? null : labelKey(event.key, state);
    if (used === null && act !== 'close') open();
    if (act === null) return;
    event.preventDefault();
    // Escape closes the drawer around it, too, and must not.
    if (act === 'close') event.stopPropagation();
    acts[act]();
  };
  return { text, at, found, isOpen, type, add, open, close, press };
}
