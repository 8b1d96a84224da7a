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
  readonly onTurnEnd: (stopReason: string) => void;
  /** The agent answered a prompt with an error: it cannot go on. */
  readonly onFailure: (failure: Failure) => void;
}

export interface OpenSession {
  readonly connection: AgentConnection;
  readonly sessionId: string;
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

/** Starts with no session: prompts wait until `begin`. */
export function startTurns(deps: TurnDeps): Turns {
  const { recorder, permissions } = deps;
  const waiting: Prompt[] = [];
  let session: OpenSession | null = null;
  let turn: Turn | null = null;

  const next = (): void => {
    if (session === null || turn !== null) return;
    const prompt = waiting.shift();
    if (prompt === undefined) return;
    const started: Turn = { over: Promise.withResolvers<void>(), wasCancelled: false, isOver: false };
    turn = started;
    writeStart(deps, prompt);
    void take(session, prompt, started);
  };
  const take = async (opened: OpenSession, prompt: Prompt, started: Turn): Promise<void> => {
    const { connection, sessionId } = opened;
    try {
      const content = [{ type: 'text', text: prompt.text }];
      const answer = await connection.request(AGENT_METHOD.prompt, { sessionId, prompt: content });
      recorder.apply((state, now) => reducePromptUsage(state, answer, now));
      close(started, Answer.safeParse(answer).data?.stopReason ?? 'end_turn');
    } catch (error) {
      // The agent died or its pipe broke: whoever watches the process tells why.
      if (connection.isOver()) return;
      const wasCancelled = started.wasCancelled;
      close(started, 'error');
      if (!wasCancelled) deps.onFailure(recogniseFailure(error, 'crashed', deps.now()));
    }
  };
  const close = (started: Turn, stopReason: string): void => {
    if (started.isOver) return;
    started.isOver = true;
    turn = null;
    permissions.withdrawAll(started.wasCancelled ? 'the turn was cancelled' : 'the turn ended');
    // opencode calls a turn that was cancelled while it waited for its model "end_turn".
    const reason = started.wasCancelled ? 'cancelled' : stopReason;
    recorder.apply((state, now) => reduceTurnEnd(state, reason === 'cancelled' || reason === 'error', now));
    recorder.append({ kind: 'turn', phase: 'ended', stopReason: reason });
    started.over.resolve();
    deps.onTurnEnd(reason);
    next();
  };
  return {
    prompt: (prompt) => {
      waiting.push(prompt);
      next();
    },
    begin: (opened, opening) => {
      session = opened;
      const first = waiting[0];
      if (opening !== null && first) waiting[0] = { ...first, text: opening };
      next();
    },
    isBusy: () => turn !== null || waiting.length > 0,
    isCancelled: () => turn?.wasCancelled ?? true,
    cancel: async (withinMs) => {
      if (turn === null || session === null) return;
      const running = turn;
      const { connection, sessionId } = session;
      running.wasCancelled = true;
      // A pipe that broke meanwhile is noticed elsewhere.
      await Promise.race([connection.notify(AGENT_METHOD.cancel, { sessionId }), wait(500)]).catch(
        () => undefined,
      );
      permissions.withdrawAll('the turn was cancelled');
      await Promise.race([running.over.promise, wait(withinMs)]);
    },
    forgetWaiting: () => void waiting.splice(0),
    abandon: () => {
      waiting.splice(0);
      session = null;
      if (turn !== null) close(turn, 'error');
    },
  };
}

function writeStart({ recorder, now }: TurnDeps, { itemId, author, text }: Prompt): void {
  recorder.apply((state) => reduceTurnStart(state));
  recorder.append({ kind: 'turn', phase: 'started', stopReason: null });
  recorder.append({ kind: 'item', item: { kind: 'prompt', itemId, at: Math.round(now()), author, text } });
}
