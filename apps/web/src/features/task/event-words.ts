import type { Event } from '@quarterdeck/contract/event';
import type { Landing } from '@quarterdeck/contract/landing';
import type { Proposal } from '@quarterdeck/contract/proposal';
import type { ReviewVerdict } from '@quarterdeck/contract/review';
import type { Run } from '@quarterdeck/contract/run';
import { fieldWords } from '@quarterdeck/contract/seen';
import type { Task } from '@quarterdeck/contract/task';
import { OUTCOME_WORD, STATUS_WORD } from '../../ui/status-word.ts';
import { ruledText } from '../approvals/ruled-text.ts';

type Payload = Readonly<Record<string, unknown>>;

/** An event as the rest of a sentence that starts with who did it; null for one that has its own place on the page. */
export function eventWords(event: Event): string | null {
  const payload = event.payload as Payload;
  const words = WORDS[event.kind];
  return typeof words === 'function' ? words(payload) : (words ?? null);
}

const taskOf = (payload: Payload) =>
  payload['task'] as Pick<
    Task,
    'assignee' | 'status' | 'reviewer' | 'verdict' | 'failureCount' | 'blockReason'
  >;
const fileOf = (payload: Payload) => (payload['attachment'] as { name: string }).name;
const because = (payload: Payload) => (payload['because'] ? `: ${String(payload['because'])}` : '');
const moved = (payload: Payload) => `moved it to ${STATUS_WORD[taskOf(payload).status]}`;
const withSummary = (what: string) => (payload: Payload) =>
  payload['summary'] ? `${what}: ${String(payload['summary'])}` : what;

const WORDS: Readonly<Partial<Record<Event['kind'], string | ((payload: Payload) => string | null)>>> = {
  'task.created': 'created the task',
  'task.attached': (payload) => `attached ${fileOf(payload)}`,
  'task.detached': (payload) => `removed the file ${fileOf(payload)}`,
  'task.edited': (payload) => {
    return `changed ${fieldWords(payload['fields'] as readonly string[])}`;
  },
  'task.assigned': (payload) => {
    const { assignee } = taskOf(payload);
    return assignee ? `gave it to ${assignee}` : 'took it from its assignee';
  },
  'task.promoted': moved,
  'task.demoted': (payload) => `${moved(payload)}${because(payload)}`,
  'task.claimed': (payload) => {
    const { assignee, reviewer } = taskOf(payload);
    return payload['from'] === 'review'
      ? `gave it to ${reviewer ?? 'an agent'} to review`
      : `gave it to ${assignee ?? 'an agent'}`;
  },
  'task.released': (payload) => `put it back to Ready${because(payload)}`,
  'task.completed': withSummary('finished it'),
  'task.review_requested': (payload) => {
    const { verdict, failureCount, blockReason } = taskOf(payload);
    // The approval is told by itself.
    if (verdict) return null;
    if (blockReason) return `left it to a person: ${blockReason}`;
    return failureCount > 0 ? 'put it back into Review' : withSummary('asked for a review')(payload);
  },
  'task.reviewed': (payload) => {
    const { decision, summary } = payload['verdict'] as ReviewVerdict;
    const what = decision === 'approved' ? 'approved it' : 'asked for changes';
    return summary ? `${what}: ${summary}` : what;
  },
  'task.changes_requested': (payload) => {
    // What an agent asks for is told by its review.
    if (taskOf(payload).verdict?.runId) return null;
    const count = (payload['comments'] as readonly unknown[]).length;
    return count > 0 ? `asked for changes, with ${count} remarks on lines` : 'asked for changes';
  },
  'task.landed': (payload) => {
    const { into, commit } = payload['landing'] as Landing;
    return `landed it in ${into} as ${commit?.slice(0, 10)}`;
  },
  'task.landing_failed': (payload) => `could not land it: ${(payload['landing'] as Landing).message}`,
  'task.blocked': (payload) =>
    payload['reason'] ? `blocked it: ${String(payload['reason'])}` : 'blocked it',
  'task.unblocked': moved,
  'task.scheduled': 'scheduled it',
  'task.triaged': moved,
  'task.specified': moved,
  'task.archived': 'archived it',
  'task.reopened': 'opened it again',
  'task.gave_up': (payload) =>
    `stopped trying after ${String(payload['failures'])} failures${payload['error'] ? `: ${String(payload['error'])}` : ''}`,
  'task.linked': (payload) => `made ${String(payload['childId'])} wait for ${String(payload['parentId'])}`,
  'task.unlinked': (payload) =>
    `removed the link from ${String(payload['parentId'])} to ${String(payload['childId'])}`,
  'run.started': (payload) => `started attempt ${String((payload['run'] as { attempt: number }).attempt)}`,
  'run.stopping': (payload) => `is stopping the run${because(payload)}`,
  'run.ended': (payload) => {
    const { attempt, error } = payload['run'] as { attempt: number; error: string | null };
    const outcome = OUTCOME_WORD[payload['outcome'] as keyof typeof OUTCOME_WORD];
    return `ended attempt ${attempt}: ${outcome}${error ? `. ${error}` : ''}`;
  },
  'run.kept': (payload) => {
    const { attempt, unkept } = payload['run'] as Run;
    return unkept
      ? `kept the work of attempt ${attempt} again, but not all of it`
      : `kept all the work of attempt ${attempt}`;
  },
  'run.noted': (payload) => `noted: ${String(payload['note'])}`,
  'session.prompted': (payload) => `said: ${String(payload['text'])}`,
  'proposal.raised': (payload) => `asks: ${titleOf(payload)}`,
  'proposal.ruled': (payload) => {
    const proposal = payload['proposal'] as Proposal;
    const { reason } = proposal;
    return `${ruledText(proposal).replace(/^./, (sign) => sign.toLowerCase())}: ${proposal.title}${reason ? ` (${reason})` : ''}`;
  },
  'proposal.withdrawn': (payload) => `withdrew the question: ${titleOf(payload)}`,
  'rule.made': (payload) => `allowed from now on: ${ruleOf(payload)}`,
  'rule.forgotten': (payload) => `took back what was allowed from now on: ${ruleOf(payload)}`,
};

const ruleOf = (payload: Payload) => (payload['rule'] as { text: string }).text;
const titleOf = (payload: Payload) => (payload['proposal'] as { title: string }).title;
