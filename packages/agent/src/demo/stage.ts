import { setTimeout as delay } from 'node:timers/promises';
import type * as acp from '@agentclientprotocol/sdk';
import type { BoardTools } from './board-tools.ts';

/** Everything a step of a script acts on. */
export interface Stage {
  /** The workspace, absolute. */
  readonly cwd: string;
  /** Multiplies every pause; 0 leaves them out. */
  readonly speed: number;
  /** Aborted by session/cancel and when the connection ends. */
  readonly signal: AbortSignal;
  readonly board: BoardTools;
  /** Environment of the commands. */
  readonly env: NodeJS.ProcessEnv;
  readonly show: (update: acp.SessionUpdate) => Promise<void>;
  /** Asks the person; true when allowed. */
  readonly ask: (toolCall: acp.ToolCallUpdate) => Promise<boolean>;
  /** An id that was not used before in the session. */
  readonly nextId: (prefix: string) => string;
}

/** Why a script cannot go on, for the person who reads the blocked task. */
export interface Obstacle {
  readonly reason: string;
  readonly kind: 'needs_input' | 'capability' | 'transient' | 'other';
}

/** Waits at a pace a person can follow; rejects at once when the turn is cancelled. */
export async function pause(stage: Stage, ms: number): Promise<void> {
  stage.signal.throwIfAborted();
  if (stage.speed > 0) await delay(ms * stage.speed, undefined, { signal: stage.signal });
}

/** The pace in `QUARTERDECK_DEMO_SPEED`: 1 unless it is a number that is not negative. */
export function readSpeed(text: string | undefined): number {
  const speed = Number(text?.trim() || 1);
  return Number.isFinite(speed) && speed >= 0 ? speed : 1;
}
