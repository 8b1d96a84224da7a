import type { JournalEntry } from '@quarterdeck/contract/journal';
import type { PermissionDetail } from '@quarterdeck/contract/proposal';

export interface Question {
  /** Same key and same detail while it is open: the same question, asked twice. */
  readonly key: string;
  readonly detail: PermissionDetail;
  /** Tells the agent. `null`: there will be no answer. */
  readonly reply: (decision: 'allow' | 'deny' | null) => void;
}

/** The open permission questions of a run. Each is in the journal once, and settled there once. */
export interface Permissions {
  /** Returns the id under which the answer will come. */
  readonly ask: (question: Question) => string;
  /** False when no such question is open (any more). */
  readonly answer: (requestId: string, decision: 'allow' | 'deny', by: string) => boolean;
  /** Takes one question back, for example when the agent did. */
  readonly withdraw: (requestId: string, because: string) => void;
  readonly withdrawAll: (because: string) => void;
}

interface Open {
  readonly key: string;
  readonly detail: PermissionDetail;
  readonly replies: readonly Question['reply'][];
}

/** Starts with no open question. `append` writes to the journal. */
export function trackPermissions(append: (entry: JournalEntry) => void): Permissions {
  const open = new Map<string, Open>();
  let count = 0;
  const settle = (requestId: string, decision: 'allow' | 'deny' | null, because: string): boolean => {
    const found = open.get(requestId);
    if (found === undefined) return false;
    open.delete(requestId);
    append({ kind: 'permissionSettled', requestId, outcome: OUTCOMES[decision ?? 'none'], because });
    for (const reply of found.replies) reply(decision);
    return true;
  };
  return {
    ask: ({ key, detail, reply }) => {
      const twin = [...open].find(([, known]) => isSameQuestion(known, key, detail));
      if (twin !== undefined) {
        const [requestId, known] = twin;
        open.set(requestId, { ...known, replies: [...known.replies, reply] });
        return requestId;
      }
      count += 1;
      const requestId = `p${count}:${plain(key)}`.slice(0, 200);
      open.set(requestId, { key, detail, replies: [reply] });
      append({ kind: 'permission', requestId, detail });
      return requestId;
    },
    answer: (requestId, decision, by) => settle(requestId, decision, by),
    withdraw: (requestId, because) => void settle(requestId, null, because),
    withdrawAll: (because) => {
      for (const requestId of [...open.keys()]) settle(requestId, null, because);
    },
  };
}

// The answer comes back with this id, after a database that may not keep a NUL or half a surrogate pair as it was.
function plain(key: string): string {
  return key.replaceAll(/[^\x20-\x7e]/g, '_');
}

const OUTCOMES = { allow: 'allowed', deny: 'denied', none: 'withdrawn' } as const;

function isSameQuestion(known: Open, key: string, detail: PermissionDetail): boolean {
  return known.key === key && JSON.stringify(known.detail) === JSON.stringify(detail);
}
