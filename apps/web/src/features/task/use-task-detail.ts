import type { Event } from '@quarterdeck/contract/event';
import type { Refusal } from '@quarterdeck/contract/result';
import type { TaskCard } from '@quarterdeck/contract/task';
import { useEffect, useMemo, useState } from 'react';
import { client } from '../../connection/client.ts';
import { onFrame } from '../../connection/frames.ts';
import { useLive } from '../../connection/live-store.ts';
import { applyToDetail, type Detail } from './detail-state.ts';

interface Loaded {
  readonly taskId: string;
  readonly detail: Detail | null;
  /** The card as it was loaded, for a task that is not on the board. */
  readonly card: TaskCard | null;
  /** Newest first. */
  readonly events: readonly Event[];
  readonly refusal: Refusal | null;
}

const MOST_EVENTS = 300;

/** A task with its comments, runs and history, followed while it is on the screen. */
export function useTaskDetail(taskId: string): Loaded & { readonly isLoading: boolean } {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const snapshots = useLive((state) => state.snapshots);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new snapshot means events were missed
  useEffect(() => follow(taskId, setLoaded), [taskId, snapshots]);
  const current = loaded?.taskId === taskId ? loaded : null;
  return {
    ...(current ?? { taskId, detail: null, card: null, events: [], refusal: null }),
    isLoading: current === null,
  };
}

function follow(taskId: string, publish: (loaded: Loaded) => void): () => void {
  let isOver = false;
  let known: Loaded | null = null;
  let early: Event[] = [];
  const unlisten = onFrame((frame) => {
    if (frame.type !== 'event' || frame.event.taskId !== taskId) return;
    if (!known) early.push(frame.event);
    else if (known.detail) {
      known = withEvent(known, frame.event);
      publish(known);
    }
  });
  void load(taskId).then((loaded) => {
    if (isOver) return;
    known = early.reduce(withEvent, loaded);
    early = [];
    publish(known);
  });
  return () => {
    isOver = true;
    unlisten();
  };
}

function withEvent(loaded: Loaded, event: Event): Loaded {
  if (!loaded.detail) return loaded;
  const isKnown = loaded.events.some(({ seq }) => seq === event.seq);
  return {
    ...loaded,
    detail: applyToDetail(loaded.detail, event),
    events: isKnown ? loaded.events : [event, ...loaded.events],
  };
}

async function load(taskId: string): Promise<Loaded> {
  const [shown, history] = await Promise.all([
    client.call('task.show', { params: { taskId } }),
    client.call('task.events', { params: { taskId }, query: { limit: MOST_EVENTS } }),
  ]);
  if (!shown.ok) return { taskId, detail: null, card: null, events: [], refusal: shown.refusal };
  const { task, comments, runs, attachments, waiting, seq } = shown.value;
  return {
    taskId,
    detail: { comments, runs, attachments, waiting, seq },
    card: task,
    events: history.ok ? (history.value.events as Event[]) : [],
    refusal: null,
  };
}

/** The card of a task as this person sees it: from the board, or as it was loaded when it is not on it. */
export function useShownCard(taskId: string, loaded: TaskCard | null): TaskCard | null {
  const card = useLive((state) => state.board.cards.get(taskId)) ?? loaded;
  const change = useLive((state) => state.overlays.get(taskId));
  return useMemo(() => (card && change ? { ...card, ...change } : card), [card, change]);
}
