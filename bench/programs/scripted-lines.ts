import type { JournalLine } from '@quarterdeck/contract/journal';

/** Lines that every agent begins with. */
export const OPENING_LINES = 2;

/** What a scripted agent posts as its line `seq`: a tool call that begins, the same call when it is done, and what it does now. */
export function lineOf(seq: number, at: number): JournalLine {
  if (seq === 1)
    return { seq, at, entry: { kind: 'started', pid: 1, agentName: 'Scripted', agentVersion: '1.0.0' } };
  if (seq === 2)
    return {
      seq,
      at,
      entry: {
        kind: 'session',
        agentSessionId: 'scripted',
        canResume: false,
        isResumed: false,
        offers: null,
      },
    };
  const call = Math.floor((seq - OPENING_LINES - 1) / 3) + 1;
  const step = (seq - OPENING_LINES - 1) % 3;
  if (step === 2) return { seq, at, entry: { kind: 'activity', text: `Has read file number ${call}` } };
  return {
    seq,
    at,
    entry: {
      kind: 'item',
      item: {
        kind: 'tool',
        itemId: `tool:${call}`,
        at,
        title: `Read src/part-${call}.ts`,
        toolKind: 'read',
        status: step === 0 ? 'in_progress' : 'completed',
        parentItemId: null,
        paths: [`src/part-${call}.ts`],
        input: JSON.stringify({ path: `src/part-${call}.ts` }),
        output: step === 0 ? null : `export const part = ${call};\n`.repeat(10),
        changes: [],
        startedAt: at,
        endedAt: step === 0 ? null : at,
      },
    },
  };
}
