import type { Diagnostic } from '@quarterdeck/contract/diagnostic';
import { create } from 'zustand';
import { client } from '../../connection/client.ts';

interface Found {
  /** Worst first; null until asked for the first time. */
  readonly all: readonly Diagnostic[] | null;
  readonly byTask: ReadonlyMap<string, readonly Diagnostic[]>;
}

/** What the server last found wrong. Kept apart from the board: it follows from time as much as from events. */
export const useDiagnostics = create<Found>(() => ({ all: null, byTask: new Map() }));

const NOTHING: readonly Diagnostic[] = [];

/** What is wrong with one task, worst first. */
export function useTaskDiagnostics(taskId: string): readonly Diagnostic[] {
  return useDiagnostics((state) => state.byTask.get(taskId) ?? NOTHING);
}

/** Asks the server again; what was known stays when it cannot be reached. */
export async function loadDiagnostics(): Promise<void> {
  const reply = await client.call('diagnostic.list');
  if (reply.ok) useDiagnostics.setState((state) => keepSame(state, reply.value.diagnostics));
}

/** The new findings; a task whose findings are the same keeps the same list, so that its card is not drawn again. */
export function keepSame(state: Found, all: readonly Diagnostic[]): Found {
  const byTask = new Map<string, readonly Diagnostic[]>(Map.groupBy(all, ({ taskId }) => taskId));
  for (const [taskId, found] of byTask) {
    const before = state.byTask.get(taskId);
    if (before && JSON.stringify(before) === JSON.stringify(found)) byTask.set(taskId, before);
  }
  return { all, byTask };
}
