import type { PlanEntry } from '@quarterdeck/contract/session';
import { z } from 'zod';
import type { ToolFields } from './acp-update.ts';
import { asRecord } from './acp-update.ts';
import type { Step, TranscriptState } from './transcript-state.ts';
import { silently } from './transcript-state.ts';

const Entry = z.object({
  content: z.string(),
  status: z.enum(['pending', 'in_progress', 'completed', 'cancelled']),
  priority: z.enum(['high', 'medium', 'low']).nullish().catch(null),
});

/** Shows the agent's plan, unless it is the one already shown. */
export function showPlan(state: TranscriptState, rawEntries: readonly unknown[], now: number): Step {
  const entries = rawEntries.flatMap((raw) => planEntry(raw));
  const plan = JSON.stringify(entries);
  if (plan === state.plan || (rawEntries.length > 0 && entries.length === 0)) return silently(state);
  return {
    state: { ...state, plan },
    entries: [{ kind: 'item', item: { kind: 'plan', itemId: 'plan', at: now, entries } }],
    deltas: [],
  };
}

/** The to-do list inside a call of opencode's `todowrite`, which it does not send as a plan; null for other calls. */
export function todosOf(fields: ToolFields): readonly unknown[] | null {
  const given = asRecord(fields.rawInput)?.['todos'];
  const stored = asRecord(asRecord(fields.rawOutput)?.['metadata'])?.['todos'];
  const todos = stored ?? given;
  return Array.isArray(todos) && todos.every((todo) => Entry.safeParse(todo).success) ? todos : null;
}

function planEntry(raw: unknown): PlanEntry[] {
  const parsed = Entry.safeParse(raw);
  if (!parsed.success || parsed.data.status === 'cancelled') return [];
  return [
    { content: parsed.data.content, status: parsed.data.status, priority: parsed.data.priority ?? null },
  ];
}
