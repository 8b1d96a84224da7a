import { X } from 'lucide-react';
import type { CSSProperties } from 'react';
import styles from './label-chip.module.css';
import { labelHue } from './label-hue.ts';

interface LabelChipProps {
  readonly name: string;
  readonly onRemove?: (() => void) | undefined;
}

/** A label: its name beside a dot in its own quiet colour. */
export function LabelChip({ name, onRemove }: LabelChipProps) {
  return (
    <span className={styles.chip} style={{ '--hue': labelHue(name) } as CSSProperties} title={name}>
      <i aria-hidden="true" />
      <span>{name}</span>
      {onRemove && (
        <button type="button" aria-label={`Remove the label ${name}`} onClick={onRemove}>
          <X aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
