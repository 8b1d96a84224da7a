import type { LeftOut, Run } from '@quarterdeck/contract/run';

type Attempt = Pick<Run, 'attempt' | 'unkept' | 'headCommit' | 'branch' | 'workspacePath'>;

/** Paths named before the rest is counted. */
const NAMED = 5;

/** What of an attempt's work is in no commit and why, what is, and what helps; empty when all of it was kept. */
export function unkeptText({ attempt, unkept, headCommit, branch, workspacePath }: Attempt): string {
  if (unkept === null) return '';
  const facts = [
    `The work of attempt ${attempt} was not kept${headCommit === null ? '' : ' as a whole'}.`,
    unkept.failure && asSentence(unkept.failure),
    unkept.leftOut.length > 0 ? leftOutText(unkept.leftOut) : null,
    headCommit && `What was kept is commit ${headCommit.slice(0, 10)} on ${branch ?? 'no branch'}.`,
    workspacePath && `All of it is still in ${workspacePath}.`,
  ].filter((part) => part !== null && part !== '');
  const help = unkept.remedy === null ? [] : [`What helps: ${unkept.remedy}`];
  return [facts.join(' '), ...help].join('\n');
}

/** Why a task is blocked whose agent says that it is done, with the ways on. */
export function unkeptReason(run: Attempt, taskId: string): string {
  const again = `When that is mended, keep it again ("quarterdeck task keep ${taskId}").`;
  const others =
    'Moving the task to Done takes it as done without what is missing; unblocking it starts a new attempt.';
  return `${unkeptText(run)}\n${again} ${others}`;
}

/** Sentences on what a run left behind beside its work, as one comment; null when there is nothing to say. */
export function notesText({ attempt, notes, pastReview }: Pick<Run, 'attempt' | 'notes' | 'pastReview'>) {
  const said = [pastReview, ...notes].filter((note) => note !== null);
  if (said.length === 0) return null;
  return `Attempt ${attempt} left more than its work:\n\n${said.map((note) => `- ${note}`).join('\n')}`;
}

function leftOutText(leftOut: readonly LeftOut[]): string {
  const named = leftOut.slice(0, NAMED).map(({ path, why }) => `${path} (${why})`);
  const more = leftOut.length - named.length;
  return `Left out: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

function asSentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
