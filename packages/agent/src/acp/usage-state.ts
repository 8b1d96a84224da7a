import type { Usage } from '@quarterdeck/contract/usage';
import { NO_USAGE } from '@quarterdeck/contract/usage';
import { asRecord } from './acp-update.ts';
import { effortOffer, modelOffer, type SessionSays } from './session-offers.ts';

export interface Tokens {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cachedTokens: number | null;
}

/** Usage as gathered so far, and what of it is in the journal. */
export interface UsageState {
  readonly usage: Usage;
  /** Totals from a side channel are exact: what single turns report is no longer added. */
  readonly hasTotals: boolean;
  /** What earlier runs of the same session have used: a session's own sums begin with it. */
  readonly before: Usage;
  readonly shown: Usage;
  readonly shownAt: number;
}

export const NO_USAGE_YET: UsageState = {
  usage: NO_USAGE,
  hasTotals: false,
  before: NO_USAGE,
  shown: NO_USAGE,
  shownAt: Number.NEGATIVE_INFINITY,
};

// Names of the same number in ACP, and in what Gemini and Qwen put into `_meta`.
const INPUT = ['inputTokens', 'input_tokens', 'promptTokens', 'prompt_tokens', 'promptTokenCount'];
const OUTPUT = [
  'outputTokens',
  'output_tokens',
  'completionTokens',
  'completion_tokens',
  'candidatesTokenCount',
];
const CACHED = [
  'cachedReadTokens',
  'cached_read_tokens',
  'cachedTokens',
  'cached_tokens',
  'cachedContentTokenCount',
];

/** Token counts in a value of any of the known spellings, or null when it holds none. */
export function readTokens(value: unknown): Tokens | null {
  const fields = asRecord(value);
  if (fields === null) return null;
  const pick = (names: readonly string[]) =>
    names.map((name) => whole(fields[name])).find((n) => n !== null) ?? null;
  const tokens = { inputTokens: pick(INPUT), outputTokens: pick(OUTPUT), cachedTokens: pick(CACHED) };
  return tokens.inputTokens === null && tokens.outputTokens === null ? null : tokens;
}

/** Adds the tokens of one turn or one model call. */
export function addTokens(state: UsageState, tokens: Tokens | null): UsageState {
  if (tokens === null || state.hasTotals) return state;
  const { usage } = state;
  return {
    ...state,
    usage: {
      ...usage,
      inputTokens: plus(usage.inputTokens, tokens.inputTokens),
      outputTokens: plus(usage.outputTokens, tokens.outputTokens),
      cachedTokens: plus(usage.cachedTokens, tokens.cachedTokens),
    },
  };
}

/** Takes over a `usage_update`: the context's fill, and the session's cost so far when it is in US dollars. */
export function takeContext(
  state: UsageState,
  update: {
    readonly used?: number | null;
    readonly size?: number | null;
    readonly cost?: { readonly amount: number; readonly currency: string } | null;
  },
): UsageState {
  const usd = update.cost?.currency.toUpperCase() === 'USD' ? update.cost.amount : null;
  const contextUsed = whole(update.used) ?? state.usage.contextUsed;
  const contextSize = whole(update.size) ?? state.usage.contextSize;
  const usage = { ...state.usage, contextUsed, contextSize };
  if (state.hasTotals) return { ...state, usage };
  // Some agents count from the start of the session, others from the start of their process.
  const before = (state.before.costMicros ?? 0) / 1_000_000;
  const own = usd === null || usd < before ? usd : usd - before;
  return { ...state, usage: { ...usage, ...costOf(own, usage) } };
}

/** Replaces tokens and cost by the totals of all sessions of the agent, subagents included. */
export function takeTotals(state: UsageState, tokens: Tokens, usd: number): UsageState {
  const { before } = state;
  const own = {
    inputTokens: minus(tokens.inputTokens, before.inputTokens),
    outputTokens: minus(tokens.outputTokens, before.outputTokens),
    cachedTokens: minus(tokens.cachedTokens, before.cachedTokens),
  };
  const cost = costOf(Math.max(0, usd - (before.costMicros ?? 0) / 1_000_000), state.usage);
  return { ...state, hasTotals: true, usage: { ...state.usage, ...own, ...cost } };
}

/** Takes the names of the model and the effort from what a session says, else from what its agent was started with. */
export function takeChoices(
  state: UsageState,
  says: SessionSays,
  given: { readonly model: string | null; readonly effort: string | null },
): UsageState {
  const model = modelOffer(says)?.current ?? given.model ?? state.usage.model;
  const effort = effortOffer(says)?.current ?? given.effort ?? state.usage.effort;
  return { ...state, usage: { ...state.usage, model, effort } };
}

function costOf(usd: number | null, before: Pick<Usage, 'costMicros' | 'costSource'>) {
  if (usd === null) return { costMicros: before.costMicros, costSource: before.costSource };
  return { costMicros: Math.round(usd * 1_000_000), costSource: 'reported' as const };
}

function plus(a: number | null, b: number | null): number | null {
  return a === null ? b : a + (b ?? 0);
}

function minus(a: number | null, b: number | null): number | null {
  return a === null ? null : Math.max(0, a - (b ?? 0));
}

function whole(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : null;
}
