import type { TaskStatus } from '@quarterdeck/contract/status';
import { classes } from './classes.ts';
import styles from './status-glyph.module.css';

/** The shape of a status; never the only sign of it, always beside its word. */
export function StatusGlyph({
  status,
  isLive = false,
}: {
  readonly status: TaskStatus;
  readonly isLive?: boolean;
}) {
  return (
    <svg
      viewBox="0 0 12 12"
      aria-hidden="true"
      data-status={status}
      className={classes(styles.glyph, isLive && styles.live)}
    >
      {SHAPES[status]}
    </svg>
  );
}

const ring = <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.7" />;
const disc = <circle cx="6" cy="6" r="5.4" fill="currentColor" />;
const mark = { fill: 'none', stroke: 'var(--glyph-cut)', strokeWidth: 1.5, strokeLinecap: 'round' } as const;

const SHAPES: Readonly<Record<TaskStatus, React.ReactNode>> = {
  triage: (
    <circle
      cx="6"
      cy="6"
      r="4.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeDasharray="1.8 1.735"
    />
  ),
  todo: ring,
  scheduled: (
    <>
      {ring}
      <path d="M6 3.6V6l1.7 1" fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" />
    </>
  ),
  ready: (
    <>
      {ring}
      <circle cx="6" cy="6" r="1.9" fill="currentColor" />
    </>
  ),
  running: (
    <>
      {ring}
      <path d="M6 1.8a4.2 4.2 0 0 1 0 8.4z" fill="currentColor" />
    </>
  ),
  review: (
    <>
      {ring}
      <path d="M6 1.8a4.2 4.2 0 1 1-4.2 4.2H6z" fill="currentColor" />
    </>
  ),
  blocked: (
    <>
      {disc}
      <path d="M3.6 6h4.8" {...mark} strokeWidth={1.8} />
    </>
  ),
  done: (
    <>
      {disc}
      <path d="M3.6 6.2l1.7 1.6 3.1-3.4" {...mark} />
    </>
  ),
  archived: (
    <>
      <rect x="1.2" y="2" width="9.6" height="2.6" rx=".8" fill="currentColor" />
      <path
        d="M2.200 5.800h7.600v3.400a.8.8 0 0 1-.8.8H3a.8.8 0 0 1-.8-.8z"
        fill="currentColor"
        opacity=".65"
      />
    </>
  ),
};
