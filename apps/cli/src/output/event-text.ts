import type { RouteReply } from '@quarterdeck/contract/routes';
import type { Paint } from './paint.ts';
import { oneLine } from './plain-text.ts';

type EventFact = RouteReply<'event.list'>['events'][number];

/** One line about an event: its number, its local time, what happened to what, who did it, and the words it carries. */
export function eventLine(paint: Paint, event: EventFact): string {
  const time = new Date(event.at).toLocaleTimeString('en-GB');
  const subject = event.taskId ?? event.runId ?? event.projectId ?? '';
  const words = payloadWords(event.payload);
  const head = `${paint('faint', `${String(event.seq).padStart(6)}  ${time}`)}  ${event.kind.padEnd(20)}  ${subject.padEnd(12)}`;
  return `${head}  ${paint('faint', oneLine(event.actor))}${words ? `  ${words}` : ''}`.trimEnd();
}

/** The most telling words of a payload, whichever kind it is of. */
function payloadWords(payload: EventFact['payload']): string {
  const own = ['reason', 'because', 'error', 'summary', 'note', 'outcome', 'text', 'name'].map(
    (key) => payload[key],
  );
  const nested = [
    field(payload['comment'], 'body'),
    field(payload['proposal'], 'title'),
    field(payload['rule'], 'text'),
    field(payload['task'], 'title'),
    field(payload['run'], 'profile'),
    field(payload['project'], 'name'),
  ];
  const found = [...own, ...nested].find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? oneLine(found).slice(0, 120) : '';
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
