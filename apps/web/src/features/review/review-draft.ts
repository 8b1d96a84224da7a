import type { LineComment } from '@quarterdeck/contract/landing';
import { create } from 'zustand';
import { readSetting, writeSetting } from '../../ui/local-setting.ts';

/** Which line a remark is about. */
export type Place = Pick<LineComment, 'path' | 'line' | 'side'>;
export type Remark = Place & Pick<LineComment, 'body' | 'quote'>;

/** What a reviewer has written and not sent yet. */
export interface ReviewDraft {
  readonly summary: string;
  readonly remarks: readonly Remark[];
}

const EMPTY: ReviewDraft = { summary: '', remarks: [] };

const useDrafts = create<{ readonly drafts: ReadonlyMap<string, ReviewDraft> }>(() => ({
  drafts: new Map(),
}));

/** The draft about a task; this browser keeps it until it is sent. */
export function useReviewDraft(taskId: string): ReviewDraft {
  return useDrafts((state) => state.drafts.get(taskId)) ?? stored(taskId);
}

const read = new Map<string, ReviewDraft>();

function stored(taskId: string): ReviewDraft {
  const known = read.get(taskId);
  if (known) return known;
  const draft = parse(readSetting(keyOf(taskId), ''));
  read.set(taskId, draft);
  return draft;
}

function parse(text: string): ReviewDraft {
  try {
    return text === '' ? EMPTY : (JSON.parse(text) as ReviewDraft);
  } catch {
    return EMPTY;
  }
}

/** Changes the draft about a task. */
export function changeDraft(taskId: string, change: (draft: ReviewDraft) => ReviewDraft): void {
  const draft = change(useDrafts.getState().drafts.get(taskId) ?? stored(taskId));
  writeSetting(keyOf(taskId), isEmpty(draft) ? '' : JSON.stringify(draft));
  useDrafts.setState(({ drafts }) => ({ drafts: new Map(drafts).set(taskId, draft) }));
}

/** Forgets the draft about a task. */
export function clearDraft(taskId: string): void {
  changeDraft(taskId, () => EMPTY);
}

/** Puts a remark at its line, in place of one that is there; an empty one is taken away. */
export function putRemark(draft: ReviewDraft, remark: Remark): ReviewDraft {
  const others = draft.remarks.filter((each) => !isSamePlace(each, remark));
  return { ...draft, remarks: remark.body.trim() === '' ? others : [...others, remark] };
}

export function isSamePlace(a: Place, b: Place): boolean {
  return a.path === b.path && a.line === b.line && a.side === b.side;
}

export function isEmpty({ summary, remarks }: ReviewDraft): boolean {
  return summary.trim() === '' && remarks.length === 0;
}

function keyOf(taskId: string): string {
  return `review.${taskId}`;
}
