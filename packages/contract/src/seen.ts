// A change may say which values it replaces (`seen`). It is then refused when one of them is another by now, so that two people or
// tabs never overwrite each other without knowing. See docs/decisions/0009-seen-values.md.
import { z } from 'zod';
import { Micros } from './budget.ts';
import { Millis } from './ids.ts';
import { Labels } from './label.ts';

/** The values of a task's fields as whoever changes them saw them; it has to name each field that the change gives a new value. */
export const TaskSeen = z
  .object({
    status: z.string(),
    assignee: z.string().nullable(),
    priority: z.number().int(),
    title: z.string(),
    body: z.string().nullable(),
    result: z.string().nullable(),
    blockReason: z.string().nullable(),
    scheduledAt: Millis.nullable(),
    labels: Labels,
    reviewer: z.string().nullable(),
    budgetMicros: Micros.nullable(),
    model: z.string().nullable(),
    effort: z.string().nullable(),
  })
  .partial()
  .strict();
export type TaskSeen = z.infer<typeof TaskSeen>;

/** How people call the fields that can be changed. */
export const FIELD_WORDS: Readonly<Record<string, string>> = {
  status: 'the status',
  title: 'the title',
  body: 'the description',
  priority: 'the priority',
  result: 'the result',
  blockReason: 'the reason it is blocked',
  scheduledAt: 'its time',
  assignee: 'the assignee',
  labels: 'the labels',
  reviewer: 'the reviewer',
  verdict: 'the verdict',
  budgetMicros: 'the budget',
  model: 'the model',
  effort: 'the effort',
  budget: 'the budget',
  name: 'the name',
  defaultProfile: 'the agent for new tasks',
  baseBranch: 'the base branch',
  setupCommand: 'the setup command',
  maxConcurrentRuns: 'how many agents work at once',
  isPaused: 'whether it takes work',
  pauseReason: 'why it is paused',
};

type Values = Readonly<Record<string, unknown>>;

/** What the values a writer saw come to, for the fields it would change. */
export interface SeenVerdict {
  /** Fields the writer did not say a seen value of. */
  readonly unsaid: readonly string[];
  /** Fields that have another value by now than the writer saw. */
  readonly stale: readonly string[];
}

/**
 * Compares what a writer saw with what is there, for `fields`: those whose value its change would really change. What is there already
 * as the writer wants it cannot be in conflict, so the same change sent again is none.
 */
export function judgeSeen(current: Values, fields: readonly string[], seen: Values): SeenVerdict {
  const isSaid = (field: string) => seen[field] !== undefined;
  return {
    unsaid: fields.filter((field) => !isSaid(field)),
    stale: fields.filter((field) => isSaid(field) && !isSameValue(seen[field], current[field] ?? null)),
  };
}

/** The fields of a change whose value is another than what is there. */
export function changedFields(current: Values, change: Values): string[] {
  return Object.keys(change).filter(
    (field) => change[field] !== undefined && !isSameValue(change[field], current[field] ?? null),
  );
}

/** Whether two JSON values are the same; the order of an object's keys does not count. */
export function isSameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isStructure(one) || !isStructure(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => isSameValue(one[key], other[key]));
}

function isStructure(value: unknown): value is Values {
  return typeof value === 'object' && value !== null;
}

/** Fields by their names for people: "the title", "the title and the labels". */
export function fieldWords(fields: readonly string[]): string {
  const words = fields.map((field) => FIELD_WORDS[field] ?? field);
  const last = words.at(-1) ?? 'it';
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${last}` : last;
}
