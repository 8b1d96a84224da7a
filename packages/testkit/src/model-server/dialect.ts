import type { Answer } from './answer.ts';
import type { Refused, WordedRefusal } from './refusal.ts';
import type { ModelTurn } from './scenario.ts';

/** One server-sent event; `event` is left out by dialects that do not name their events. */
export interface StreamEvent {
  readonly event?: string;
  readonly data: unknown;
}

/** How one model service words its requests and answers. */
export interface Dialect {
  readonly speaks: (path: string) => boolean;
  readonly read: (body: Readonly<Record<string, unknown>>, path: string) => ModelTurn;
  readonly whole: (answer: Answer, model: string) => unknown;
  readonly events: (answer: Answer, model: string) => readonly StreamEvent[];
  readonly failure: (refused: Refused) => WordedRefusal;
}

/** The plain text of a message content, which is a string or a list of parts; parts without text are skipped. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => textOf(part)).join('');
}

/** Reads an unknown value as an object; anything else becomes an empty one. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/** Reads an unknown value as a list; anything else becomes an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Splits a text after every space, so that a streamed answer has more than one piece. */
export function pieces(text: string): readonly string[] {
  return text.split(/(?<= )/).filter((piece) => piece !== '');
}

/** An event that is named after the type of its payload. */
export function typedEvent(
  payload: { readonly type: string } & Readonly<Record<string, unknown>>,
): StreamEvent {
  return { event: payload.type, data: payload };
}

function textOf(part: unknown): string {
  const { text } = asRecord(part);
  return typeof text === 'string' ? text : '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
