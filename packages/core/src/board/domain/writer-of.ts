import type { Event } from '@quarterdeck/contract/event';

/** Who gave one of these fields of a task its value last, by its events, newest first; null when they do not tell. */
export function writerOf(events: readonly Event[], fields: readonly string[]): string | null {
  return events.find((event) => touched(event).some((field) => fields.includes(field)))?.actor ?? null;
}

function touched(event: Event): readonly string[] {
  if (event.kind === 'task.edited') return event.payload.fields;
  if (event.kind === 'task.assigned') return ['assignee'];
  // Every move says where the task was before.
  return 'from' in event.payload ? ['status', 'blockReason', 'result'] : [];
}
