import type { Fleet } from '@quarterdeck/contract/fleet';
import type { Me } from '@quarterdeck/contract/identity';
import type { Refusal } from '@quarterdeck/contract/result';
import type { Task } from '@quarterdeck/contract/task';
import { create } from 'zustand';
import { type BoardState, EMPTY_BOARD } from './board-state.ts';
import { type ConnectionFacts, START } from './connection-view.ts';

/** What a person changed and the server has not confirmed yet. */
export type Overlay = Partial<
  Pick<Task, 'status' | 'assignee' | 'reviewer' | 'priority' | 'title' | 'body' | 'labels'>
>;

export interface LiveState {
  readonly phase: 'loading' | 'ready' | 'failed' | 'signed-out';
  readonly failure: Refusal | null;
  readonly me: Me | null;
  readonly board: BoardState;
  readonly overlays: ReadonlyMap<string, Overlay>;
  readonly fleet: Fleet | null;
  readonly connection: ConnectionFacts;
  /** Server's clock minus this browser's, in milliseconds. */
  readonly clockSkewMs: number;
  /** Grows with every snapshot: what was loaded beside the board is loaded again. */
  readonly snapshots: number;
  /** Grows with everything this person does to the board, so that held views show it at once. */
  readonly ownActions: number;
}

/** The one store fed by the server. Components read it; only `connection/` and the write functions change it. */
export const useLive = create<LiveState>(() => ({
  phase: 'loading',
  failure: null,
  me: null,
  board: EMPTY_BOARD,
  overlays: new Map(),
  fleet: null,
  connection: START,
  clockSkewMs: 0,
  snapshots: 0,
  ownActions: 0,
}));

/** Shows a change before the server has it. Returns what takes it away again. */
export function overlay(taskId: string, change: Overlay): () => void {
  useLive.setState(({ overlays, ownActions }) => ({
    overlays: new Map(overlays).set(taskId, { ...overlays.get(taskId), ...change }),
    ownActions: ownActions + 1,
  }));
  const shown = useLive.getState().overlays.get(taskId);
  return () =>
    useLive.setState(({ overlays }) => {
      if (overlays.get(taskId) !== shown) return {};
      const rest = new Map(overlays);
      rest.delete(taskId);
      return { overlays: rest };
    });
}
