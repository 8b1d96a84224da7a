import { allowOption, decisionOf, type PermissionOption } from '@quarterdeck/contract/permission-option';
import { Button } from '../../ui/button.tsx';
import styles from './choice-buttons.module.css';

interface ChoiceButtonsProps {
  readonly options: readonly PermissionOption[];
  readonly hasKeys: boolean;
  readonly isBusy: boolean;
  readonly onPick: (option: PermissionOption) => void;
}

const HINTS: Readonly<Record<string, string>> = {
  allow_once: 'allows this once',
  allow_always: 'allows it, and the agent remembers',
  reject_once: 'rejects this once',
  reject_always: 'rejects it, and the agent remembers',
};

/** The answers an agent offers, in its own words and order. */
export function ChoiceButtons({ options, hasKeys, isBusy, onPick }: ChoiceButtonsProps) {
  if (options.length === 0) {
    return (
      <p className={styles.none}>
        The agent offers nothing that could be picked, so this cannot be allowed here. Rejecting tells it that
        its request is cancelled.
      </p>
    );
  }
  const plain = allowOption(options);
  return (
    <div className={styles.choices}>
      <p className={styles.none}>The agent offers answers of its own:</p>
      {options.map((option, index) => (
        <Button
          key={option.id}
          className={styles.choice}
          look={decisionOf(option) === 'deny' ? 'danger' : 'plain'}
          shortcut={hasKeys ? keyOf(index, option === plain) : undefined}
          disabled={isBusy}
          onClick={() => onPick(option)}
        >
          <span className={styles.words}>
            <span>{option.name}</span>
            {option.kind !== null && HINTS[option.kind] && (
              <span className={styles.hint}>{HINTS[option.kind]}</span>
            )}
          </span>
        </Button>
      ))}
    </div>
  );
}

function keyOf(index: number, isPlainAllow: boolean): string | undefined {
  if (isPlainAllow) return 'A';
  return index < 9 ? String(index + 1) : undefined;
}
