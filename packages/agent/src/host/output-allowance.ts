import type { JournalEntry } from '@quarterdeck/contract/journal';

// An agent that pours out text would fill the disk through its journal and bury its conversation. Real ones stay far below:
// their models write some kilobytes a second, and what a tool prints is written down at most once a second, 32 KiB at a time.
const BURST_BYTES = 64 * 1024 * 1024;
const BYTES_PER_SECOND = 64 * 1024;
/** An entry costs at least this much: many small ones are as bad as few large ones. */
const LEAST_BYTES = 1024;
/** A question costs a person's attention, which is scarcer than disk. */
const QUESTION_BYTES = 64 * 1024;

/** What an entry of the journal counts for, given its size. */
export function costOf(entry: JournalEntry, bytes: number): number {
  return Math.max(entry.kind === 'permission' ? QUESTION_BYTES : LEAST_BYTES, bytes);
}

/** How much an agent may still send at this moment. */
export interface OutputAllowance {
  /** Takes what an entry counts for; false when it has sent too much. */
  readonly spend: (bytes: number) => boolean;
}

export const TOO_MUCH_OUTPUT = {
  hint: 'crashed',
  message:
    'The agent sent more in a short time than a run may keep (64 MiB or 65,000 entries), so it was stopped. Look at the end of its log for what it repeats.',
  resetAt: null,
} as const;

/** A full allowance, which grows again with the time of `now`, ms. */
export function createOutputAllowance(now: () => number): OutputAllowance {
  let left = BURST_BYTES;
  let countedAt = now();
  return {
    spend: (bytes) => {
      const at = now();
      const gained = (Math.max(0, at - countedAt) / 1000) * BYTES_PER_SECOND;
      countedAt = at;
      left = Math.min(BURST_BYTES, left + gained) - bytes;
      return left > 0;
    },
  };
}
