import type { Diagnostic } from '@quarterdeck/contract/diagnostic';
import styles from './card-marker.module.css';
import { KIND_WORD } from './diagnostic-words.ts';
import { SeverityIcon } from './severity-icon.tsx';

/** The worst that is wrong with a task, on its card. */
export function CardMarker({ wrong: [worst, ...rest] }: { readonly wrong: readonly Diagnostic[] }) {
  if (!worst) return null;
  const more = rest.length > 0 ? ` (and ${rest.length} more)` : '';
  return (
    <span className={styles.marker} data-severity={worst.severity} title={worst.message + more}>
      <SeverityIcon severity={worst.severity} />
      {KIND_WORD[worst.kind]}
    </span>
  );
}
