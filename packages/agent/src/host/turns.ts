import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { AgentConnection } from '../acp/agent-connection.ts';
import { AGENT_METHOD } from '../acp/agent-connection.ts';
import type { Failure } from '../acp/recognise-failure.ts';
import { recogniseFailure } from '../acp/recognise-failure.ts';
import { reducePromptUsage, reduceTurnEnd, reduceTurnStart } from '../acp/reduce-update.ts';
import type { Permissions } from './permissions.ts';
import type { Recorder } from './recorder.ts';

export interface Prompt {
  readonly itemId: string;
  readonly author: string;
  readonly text: string;
}

export interface TurnDeps {
  readonly recorder: Recorder;
  readonly permissions: Permissions;
  readonly now: () => number;
  /** The failure that a turn was which ended as if it were none. */
  readonly judgeTurn: (stopReason: string) => Failure | null;
  readonly onTurnEnd: (stopReason: string) => void;
  /** The agent answered a prompt with an error: it cannot go on. */
  readonly onFailure: (failure: Failure) => void;
}

export interface OpenSession {
  readonly connection: AgentConnection;
  readonly sessionId: string;
  /** Of an earlier session that the agent has said it goes on with: opens a fresh one, or null once it has shown that it can. */
  readonly openAfresh?: () => Promise<string> | null;
}

/** The turns of one session, one at a time; prompts that come in between wait. */
export interface Turns {
  readonly prompt: (prompt: Prompt) => void;
  /** From now on prompts are carried out, in this session. `opening` replaces the text of the first one. */
  readonly begin: (session: OpenSession, opening: string | null) => void;
  readonly isBusy: () => boolean;
  /** No turn is running, or it was cancelled: a permission request has nobody to wait for. */
  readonly isCancelled: () => boolean;
  /** Cancels the running turn and resolves when it ended, at the latest after `withinMs`. */
  readonly cancel: (withinMs: number) => Promise<void>;
  readonly forgetWaiting: () => void;
  /** Writes the end of a turn whose agent is gone. */
  readonly abandon: () => void;
}

interface Turn {
  readonly over: PromiseWithResolvers<void>;
  wasCancelled: boolean;
  isOver: boolean;
}

const Answer = z.object({ stopReason: z.string() });

interface TurnState {
  readonly waiting: Prompt[];
  /** What a fresh session must be told when the earlier one turns out to be lost. */
  brief: string | null;
  session: OpenSession | null;
  turn: Turn | null;
}

/** Starts with no session: prompts wait until `begin`. */
export function startTurns(deps: TurnDeps): Turns {
  const state: TurnState = { waiting: [], brief: null, session: null, turn: null };
  const { waiting } = state;
  return {
    prompt: (prompt) => {
      waiting.push(prompt);
      startNext(deps, state);
    },
    begin: (opened, opening) => {
      state.session = opened;
      const first = waiting[0];
      state.brief = first?.text ?? null;
      if (opening !== null && first) waiting[0] = { ...first, text: opening };
      startNext(deps, state);
    },
    isBusy: () => state.turn !== null || waiting.length > 0,
    isCancelled: () => state.turn?.wasCancelled ?? true,
    cancel: (withinMs) => cancelTurn(deps, state, withinMs),
    forgetWaiting: () => void waiting.splice(0),
    abandon: () => {
      waiting.splice(0);
      state.session = null;
      if (state.turn !== null) closeTurn(deps, state, { turn: state.turn, stopReason: 'error' });
    },
  };
}

function startNext(deps: TurnDeps, state: TurnState): void {
  if (state.session === null || state.turn !== null) return;
  const prompt = state.waiting.shift();
  if (prompt === undefined) return;
  const turn: Turn = { over: Promise.withResolvers<void>(), wasCancelled: false, isOver: false };
  state.turn = turn;
  writeStart(deps, prompt);
  void takeTurn(deps, state, { turn, prompt, session: state.session });
}

async function takeTurn(
  deps: TurnDeps,
  state: TurnState,
  { turn, prompt, session }: { readonly turn: Turn; readonly prompt: Prompt; readonly session: OpenSession },
): Promise<void> {
  const { connection } = session;
  try {
    const answer = await promptAgent(deps, state, { turn, prompt, session });
    deps.recorder.apply((transcript, now) => reducePromptUsage(transcript, answer, now));
    const stopReason = Answer.safeParse(answer).data?.stopReason ?? 'end_turn';
    const said = turn.wasCancelled ? null : deps.judgeTurn(stopReason);
    closeTurn(deps, state, { turn, stopReason: said === null ? stopReason : 'error' });
    if (said !== null) deps.onFailure(said);
  } catch (error) {
    // The agent died or its pipe broke: whoever watches the process tells why.
    if (connection.isOver()) return;
    closeTurn(deps, state, { turn, stopReason: 'error' });
    if (!turn.wasCancelled) deps.onFailure(recogniseFailure(error, 'crashed', deps.now()));
  }
}

/** An agent can say that it goes on with its earlier session and only then find that it lost it. The same turn then goes on in a fresh one. */
async function promptAgent(
  deps: TurnDeps,
  state: TurnState,
  { turn, prompt, session }: { readonly turn: Turn; readonly prompt: Prompt; readonly session: OpenSession },
): Promise<unknown> {
  const { connection, sessionId } = session;
  const say = (to: string, text: string): Promise<unknown> =>
    connection.request(AGENT_METHOD.prompt, { sessionId: to, prompt: [{ type: 'text', text }] });
  try {
    return await say(sessionId, prompt.text);
  } catch (error) {
    const { hint, message } = recogniseFailure(error, 'crashed', deps.now());
    const isOtherwise = connection.isOver() || turn.wasCancelled || hint !== 'crashed';
    const fresh = isOtherwise ? null : (session.openAfresh?.() ?? null);
    if (fresh === null || state.brief === null) throw error;
    deps.recorder.log(`session/prompt: ${message}`);
    deps.recorder.notice('note', LOST_SESSION);
    const freshId = await fresh;
    if (turn.wasCancelled) throw error;
    state.session = { connection, sessionId: freshId };
    writePrompt(deps, { ...prompt, itemId: `${prompt.itemId}:afresh`, text: state.brief });
    return say(freshId, state.brief);
  }
}

const LOST_SESSION =
  'The agent could not go on with its earlier session, so it starts a fresh one with everything it needs to know.';

function closeTurn(
  deps: TurnDeps,
  state: TurnState,
  { turn, stopReason }: { readonly turn: Turn; readonly stopReason: string },
): void {
  if (turn.isOver) return;
  turn.isOver = true;
  state.turn = null;
  const { recorder, permissions } = deps;
  permissions.withdrawAll(turn.wasCancelled ? 'the turn was cancelled' : 'the turn ended');
  const reason = reasonOf(turn, stopReason);
  const isCutShort = stopReason === 'cancelled' || reason === 'cancelled' || reason === 'error';
  recorder.apply((transcript, now) => reduceTurnEnd(transcript, isCutShort, now));
  recorder.append({ kind: 'turn', phase: 'ended', stopReason: reason });
  turn.over.resolve();
  deps.onTurnEnd(reason);
  startNext(deps, state);
}

/**
 * Whether a turn was cancelled is ours to know: opencode says "end_turn" of one that was, and Codex says "cancelled" of one in which
 * a person refused a command. Nobody interrupted that one, so its agent is asked to go on.
 */
function reasonOf({ wasCancelled }: Turn, stopReason: string): string {
  if (wasCancelled) return 'cancelled';
  return stopReason === 'cancelled' ? 'end_turn' : stopReason;
}

async function cancelTurn({ permissions }: TurnDeps, state: TurnState, withinMs: number): Promise<void> {
  const { turn, session } = state;
  if (turn === null || session === null) return;
  const { connection, sessionId } = session;
  turn.wasCancelled = true;
  // A pipe that broke meanwhile is noticed elsewhere.
  const told = connection.notify(AGENT_METHOD.cancel, { sessionId });
  await Promise.race([told, wait(500)]).catch(() => undefined);
  permissions.withdrawAll('the turn was cancelled');
  await Promise.race([turn.over.promise, wait(withinMs)]);
}

function writeStart(deps: TurnDeps, prompt: Prompt): void {
  deps.recorder.apply((state) => reduceTurnStart(state));
  deps.recorder.append({ kind: 'turn', phase: 'started', stopReason: null });
  writePrompt(deps, prompt);
}

function writePrompt({ recorder, now }: TurnDeps, { itemId, author, text }: Prompt): void {
  recorder.append({ kind: 'item', item: { kind: 'prompt', itemId, at: Math.round(now()), author, text } });
}
