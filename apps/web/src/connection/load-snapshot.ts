import type { Event } from '@quarterdeck/contract/event';
import type { Refusal } from '@quarterdeck/contract/result';
import { takeEvent } from './apply-event.ts';
import { changeBoard } from './board-draft.ts';
import { boardFromSnapshot } from './board-state.ts';
import { client } from './client.ts';
import { type LiveState, useLive } from './live-store.ts';

/** Events that arrived while a snapshot was under way; they may be newer than it. */
let arrivedMeanwhile: Event[] | null = null;

/** Keeps an event for the snapshot that is being loaded, if one is. */
export function noteEventDuringLoad(event: Event): void {
  arrivedMeanwhile?.push(event);
}

/** Loads the board and what belongs to it, and puts it in the store. Resolves to the refusal when it could not. */
export async function loadSnapshot(): Promise<Refusal | null> {
  arrivedMeanwhile ??= [];
  const hasArchived = useLive.getState().board.hasArchived;
  const [board, approvals, projects] = await Promise.all([
    client.call('board.show', { query: { includeArchived: hasArchived ? 'true' : 'false' } }),
    client.call('approval.list', { query: { status: 'pending', limit: 1000 } }),
    client.call('project.list'),
  ]);
  const events = arrivedMeanwhile ?? [];
  arrivedMeanwhile = null;
  if (!board.ok) return board.refusal;
  if (!approvals.ok) return approvals.refusal;
  if (!projects.ok) return projects.refusal;
  const snapshot = boardFromSnapshot({
    board: board.value,
    pending: approvals.value.proposals,
    projects: projects.value.projects,
    hasArchived: useLive.getState().board.hasArchived && hasArchived,
  });
  useLive.setState((state) => ({
    phase: 'ready',
    failure: null,
    board: changeBoard(snapshot, (draft) => {
      for (const event of events) takeEvent(draft, event);
    }),
    clockSkewMs: board.value.now - Date.now(),
    snapshots: state.snapshots + 1,
  }));
  return null;
}

/** Loads the machines and their agents; the last known ones stay when it fails. */
export async function loadFleet(): Promise<void> {
  const fleet = await client.call('agent.list');
  if (fleet.ok) useLive.setState({ fleet: fleet.value });
}

/** Loads who is signed in. */
export async function loadMe(): Promise<Refusal | null> {
  const me = await client.call('identity.me');
  if (!me.ok) return me.refusal;
  useLive.setState({ me: me.value });
  return null;
}

/** The phase that a refusal of the first load leads to. */
export function phaseAfter(refusal: Refusal): LiveState['phase'] {
  return refusal.code === 'sign_in_required' || refusal.code === 'ticket_spent' ? 'signed-out' : 'failed';
}

/** Adds archived tasks to the board or takes them off again. */
export async function showArchived(isShown: boolean): Promise<void> {
  const { board } = useLive.getState();
  if (board.hasArchived === isShown) return;
  useLive.setState({ board: { ...board, hasArchived: isShown } });
  if (isShown) await loadSnapshot();
}
