import type { ProposalStatus, RunOutcome, RunStatus, TaskStatus } from '@quarterdeck/contract/status';
import type { Tone } from './paint.ts';
import type { Cell } from './table.ts';

interface Mark {
  readonly glyph: string;
  readonly tone: Tone;
}

/** One colour and one sign per status, the same as on the board in the browser. */
const TASK_MARKS: Readonly<Record<TaskStatus, Mark>> = {
  triage: { glyph: '◇', tone: 'violet' },
  todo: { glyph: '○', tone: 'grey' },
  scheduled: { glyph: '◷', tone: 'slate' },
  ready: { glyph: '◎', tone: 'blue' },
  running: { glyph: '◐', tone: 'amber' },
  review: { glyph: '●', tone: 'teal' },
  blocked: { glyph: '✕', tone: 'red' },
  done: { glyph: '✓', tone: 'green' },
  archived: { glyph: '·', tone: 'faint' },
};

/** A task's status as sign and word. */
export function taskMark(status: TaskStatus): Cell & { readonly tone: Tone } {
  const { glyph, tone } = TASK_MARKS[status];
  return { text: `${glyph} ${status}`, tone };
}

const GOOD_OUTCOMES: readonly RunOutcome[] = ['completed', 'review_requested', 'approved'];
const NEUTRAL_OUTCOMES: readonly RunOutcome[] = ['stopped', 'blocked', 'changes_requested'];

/** True when the agent did what the run was for. */
export function isGoodOutcome(outcome: RunOutcome | null): boolean {
  return outcome !== null && GOOD_OUTCOMES.includes(outcome);
}

/** How a run stands, or how it ended. */
export function runMark(status: RunStatus, outcome: RunOutcome | null): Cell & { readonly tone: Tone } {
  if (status !== 'ended' || outcome === null) return { text: `◐ ${status}`, tone: 'amber' };
  const words = outcome.replaceAll('_', ' ');
  if (isGoodOutcome(outcome)) return { text: `✓ ${words}`, tone: 'green' };
  return NEUTRAL_OUTCOMES.includes(outcome)
    ? { text: `■ ${words}`, tone: 'grey' }
    : { text: `✕ ${words}`, tone: 'red' };
}

const PROPOSAL_MARKS: Readonly<Record<ProposalStatus, Mark>> = {
  pending: { glyph: '?', tone: 'amber' },
  allowed: { glyph: '✓', tone: 'green' },
  denied: { glyph: '✕', tone: 'red' },
  answered: { glyph: '✓', tone: 'green' },
  withdrawn: { glyph: '·', tone: 'grey' },
};

/** How an approval stands. */
export function proposalMark(status: ProposalStatus): Cell & { readonly tone: Tone } {
  const { glyph, tone } = PROPOSAL_MARKS[status];
  return { text: `${glyph} ${status}`, tone };
}
