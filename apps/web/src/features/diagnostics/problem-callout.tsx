import type { Diagnostic } from '@quarterdeck/contract/diagnostic';
import type { ReactNode } from 'react';
import { Callout } from '../../ui/callout.tsx';
import { SEVERITY_WORD } from './diagnostic-words.ts';
import styles from './problem.module.css';
import { SeverityIcon } from './severity-icon.tsx';

interface ProblemCalloutProps {
  readonly diagnostic: Diagnostic;
  /** Which task it is about, where that is not plain. */
  readonly heading?: ReactNode;
  /** What helps. */
  readonly children: ReactNode;
}

/** One thing that is wrong, and what helps. */
export function ProblemCallout({ diagnostic, heading, children }: ProblemCalloutProps) {
  const { severity, message } = diagnostic;
  return (
    <Callout
      tone={severity === 'warning' ? 'running' : 'blocked'}
      icon={<SeverityIcon severity={severity} />}
      {...(heading ? { role: 'article' } : {})}
    >
      {heading}
      <p>
        <strong className={styles.word}>{SEVERITY_WORD[severity]}.</strong> {message}
      </p>
      {children}
    </Callout>
  );
}
