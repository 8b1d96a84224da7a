import { Fragment } from 'react';
import styles from './inline-code.module.css';

/** A sentence in which `this` is set as code. */
export function InlineCode({ text }: { readonly text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence never move
      <code key={index} className={styles.code}>
        {part}
      </code>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence never move
      <Fragment key={index}>{part}</Fragment>
    ),
  );
}
