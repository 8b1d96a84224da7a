import type { ComponentProps, ReactNode } from 'react';
import styles from './callout.module.css';

interface CalloutProps extends Omit<ComponentProps<'div'>, 'children'> {
  /** What it is about, by the colour of the status that stands for it. */
  readonly tone: 'plain' | 'running' | 'review' | 'blocked' | 'done';
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

/** A box that says how things stand and what can be done: icon, words, then buttons. */
export function Callout({ tone, icon, children, ...rest }: CalloutProps) {
  return (
    <div className={styles.callout} data-tone={tone} {...rest}>
      {icon}
      <div>{children}</div>
    </div>
  );
}

/** The buttons at the end of a callout. */
export function CalloutActions({ children }: { readonly children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
