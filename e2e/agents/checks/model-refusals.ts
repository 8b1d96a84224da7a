import { shownAgent } from '../stage/agent-at-the-desk.ts';
import type { Check } from './check.ts';
import { refusedByModel } from './refused-by-model.ts';

const RESET_SECONDS = 2 * 3600;
const TOLERANCE_MS = 2 * 60_000;

/** The key is not accepted. */
export const signIn: Check = refusedByModel({
  name: 'sign-in',
  demands:
    'a key that is refused (401) is said in bounded time, and nothing is tried again before somebody signs in',
  fault: { kind: 'status', status: 401 },
  withinMs: 240_000,
  says: /\b401\b|api.?key|sign|auth|log ?in|credential/i,
  async judge(_bench, { detail, run }, { must }) {
    must(run.outcome === 'sign_in_needed', `the attempt ended as ${run.outcome}: ${run.error}`);
    must(detail.runs.length === 1, `${detail.runs.length} attempts were made`);
  },
});

/** The limit is used up, and the service says until when. */
export const limit: Check = refusedByModel({
  name: 'limit',
  demands:
    'a used-up limit (429 with its reset) pauses the agent until the time that its provider names; of one that waits by itself without a word (Qwen), the card says that it is silent',
  fault: { kind: 'status', status: 429, retryAfterSeconds: RESET_SECONDS },
  isLimit: true,
  withinMs: 120_000,
  says: /limit|quota|429/i,
  async judge(bench, { run }, { must }) {
    must(
      run.outcome === 'rate_limited' || run.outcome === 'quota_used_up',
      `the attempt ended as ${run.outcome}: ${run.error}`,
    );
    const expected = (run.endedAt ?? 0) + RESET_SECONDS * 1000;
    const { limitedUntil } = await shownAgent(bench);
    must(
      limitedUntil !== null && Math.abs(limitedUntil - expected) < TOLERANCE_MS,
      `the agent waits until ${said(limitedUntil)}, not until ${said(expected)}`,
    );
  },
});

/** The account is empty. */
export const quota: Check = refusedByModel({
  name: 'quota',
  demands: 'a used-up quota or credit is said, and is taken for neither a crash nor a missing report',
  fault: { kind: 'status', status: 429, cause: 'quota' },
  isLimit: true,
  withinMs: 240_000,
  says: /quota|credit|billing|exhausted|limit/i,
  async judge(_bench, { run }, { must }) {
    must(
      !['crashed', 'no_report', 'start_failed'].includes(run.outcome ?? ''),
      `the attempt ended as ${run.outcome}: ${run.error}`,
    );
  },
});

/** The model does not exist. */
export const wrongModel: Check = refusedByModel({
  name: 'wrong-model',
  demands: 'a model that the service does not know (404) is said on the card, and not tried again by itself',
  fault: { kind: 'status', status: 404 },
  withinMs: 120_000,
  says: /model|404|not found/i,
  async judge(_bench, { detail, run }, { must }) {
    must(run.outcome === 'model_refused', `the attempt ended as ${run.outcome}: ${run.error}`);
    must(detail.runs.length === 1, `${detail.runs.length} attempts were made`);
  },
});

function said(time: number | null): string {
  return time === null ? 'nothing' : new Date(time).toISOString();
}
