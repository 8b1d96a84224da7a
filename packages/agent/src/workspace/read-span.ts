import type { Place } from './git.ts';
import { gitLine } from './git.ts';
import { readRef } from './refs.ts';
import { formerBaseRef, type Repository, readHead, resolveBranch } from './repository.ts';
import { readNoted } from './shared-folder.ts';
import { isContained, resolveCommit } from './tree.ts';

interface SpanQuestion {
  readonly repository: Repository;
  readonly reader: Place;
  readonly trees: string;
  readonly workspacePath: string | null;
  readonly branch: string | null;
  readonly baseBranch: string | null;
  readonly base: string | null;
  readonly head: string;
}

export interface Span {
  /** Where the work left the base branch: what lands is everything from here to its head. */
  readonly base: string;
  /** Where the task's own work starts, when that is later. */
  readonly startedFrom: string | null;
  /** Whether an agent had put commits of it into the base branch when its run ended. */
  readonly pastReview: boolean;
}

/**
 * What of a task's commits lands. Commits that the base branch holds already are in it: those that landed, so that they can still be
 * shown, and those that an agent put there past everybody.
 */
export async function readSpan(question: SpanQuestion): Promise<Span> {
  const { reader, trees, workspacePath, head } = question;
  const own = await findOwn(question);
  const noted = workspacePath === null ? null : await readNoted(trees, workspacePath);
  const past = await resolveCommit(reader, noted?.pastReviewFrom ?? null);
  if (past !== null) return { base: past, startedFrom: own === past ? null : own, pastReview: true };
  const left = await findLeft(question);
  const plain = left === null || left === head ? (own ?? head) : left;
  const base = (await findShownFrom(question, noted?.shownFrom ?? null, left)) ?? plain;
  const isLater = own !== null && own !== base && (await isContained(reader, base, own));
  return { base, startedFrom: isLater ? own : null, pastReview: false };
}

/** Where changes are shown from when the base branch holds commits of them that nobody looked at. */
async function findShownFrom(
  { reader }: SpanQuestion,
  noted: string | null,
  left: string | null,
): Promise<string | null> {
  const from = await resolveCommit(reader, noted);
  return from !== null && left !== null && (await isContained(reader, from, left)) ? from : null;
}

/** Where the task's own work starts: builds of before the two ids remembered it in a ref. */
async function findOwn({ repository, reader, branch, base }: SpanQuestion): Promise<string | null> {
  const former = branch === null ? null : await readRef(repository.refs, formerBaseRef(branch));
  return resolveCommit(reader, base ?? former);
}

/** Where the work left the base branch; its head when the base branch holds all of it. */
async function findLeft({ repository, reader, baseBranch, head }: SpanQuestion): Promise<string | null> {
  const into = baseBranch ?? (await readHead(repository)).branch;
  const tip = into === null ? null : await resolveBranch(repository, into);
  return tip === null ? null : gitLine(reader, ['merge-base', tip, head]);
}
