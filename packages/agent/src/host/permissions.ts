import { createHash } from 'node:crypto';
import type { JournalEntry } from '@quarterdeck/contract/journal';
import type { PermissionDetail } from '@quarterdeck/contract/proposal';
import { type Answer, chooseAnswer, type Told } from './choose-answer.ts';

export interface Question {
  /** Same key and the same in full while it is open: the same question, asked twice. */
  readonly key: string;
  readonly detail: PermissionDetail;
  /** The request uncut. `detail` is cut, so two deeds can look alike there. */
  readonly whole: unknown;
  /** Tells the agent: the id of the option among those of `detail`, or `null` for "cancelled". */
  readonly reply: (optionId: string | null) => void;
}

/** The open permission questions of a run. Each is in the journal once, and settled there once, with what the agent was told. */
export interface Permissions {
  /** Returns the id under which the answer will come. */
  readonly ask: (question: Question) => string;
  /** False when no such question is open (any more). */
  readonly answer: (requestId: string, answer: Answer, by: string) => boolean;
  /** Takes one question back, for example when the agent did. */
  readonly withdraw: (requestId: string, because: string) => void;
  readonly withdrawAll: (because: string) => void;
}

interface Open {
  readonly digest: string;
  readonly detail: PermissionDetail;
  readonly replies: readonly Question['reply'][];
}

const WITHDRAWN: Told = { outcome: 'withdrawn', optionId: null, choice: null, trouble: null };

/** Starts with no open question. `append` writes to the journal. */
export function trackPermissions(append: (entry: JournalEntry) => void): Permissions {
  const open = new Map<string, Open>();
  let count = 0;
  const settle = (requestId: string, told: Told, because: string): void => {
    const { outcome, optionId, choice, trouble } = told;
    const replies = open.get(requestId)?.replies ?? [];
    open.delete(requestId);
    append({ kind: 'permissionSettled', requestId, outcome, because: trouble ?? because, choice });
    for (const reply of replies) reply(optionId);
  };
  return {
    ask: ({ key, detail, whole, reply }) => {
      const digest = digestOf([key, detail, whole]);
      const twin = [...open].find(([, known]) => known.digest === digest);
      if (twin !== undefined) {
        const [requestId, known] = twin;
        open.set(requestId, { ...known, replies: [...known.replies, reply] });
        return requestId;
      }
      count += 1;
      const requestId = `p${count}:${plain(key)}`.slice(0, 200);
      open.set(requestId, { digest, detail, replies: [reply] });
      append({ kind: 'permission', requestId, detail });
      return requestId;
    },
    answer: (requestId, answer, by) => {
      const found = open.get(requestId);
      if (found !== undefined) settle(requestId, chooseAnswer(found.detail.options ?? [], answer), by);
      return found !== undefined;
    },
    withdraw: (requestId, because) => {
      if (open.has(requestId)) settle(requestId, WITHDRAWN, because);
    },
    withdrawAll: (because) => {
      for (const requestId of [...open.keys()]) settle(requestId, WITHDRAWN, because);
    },
  };
}

// The answer comes back with this id, after a database that may not keep a NUL or half a surrogate pair as it was.
function plain(key: string): string {
  return key.replaceAll(/[^\x20-\x7e]/g, '_');
}

function digestOf(question: unknown): string {
  return createHash('sha256').update(JSON.stringify(question)).digest('hex');
}
