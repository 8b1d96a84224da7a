import { stripVTControlCharacters } from 'node:util';
import { oneLine } from '../acp/clip.ts';
import type { ErrorFields } from './error-fields.ts';
import { isGeneric, unwrapJson } from './unwrap-json.ts';

const MAX_CHARS = 400;
const TELLING = ['message', 'details', 'detail', 'error', 'reason', 'errordescription', 'msg'];
const PREFIXES =
  /^(?:(?:internal error|uncaught(?: \(in promise\))?|error|fatal|failed|exception|unhandled error|execution failed|(?:api|ai_?apicall|retry|provider|server|request|stream)error|error invoking remote method '[^']*')\s*:\s*|[✕✖✗×❌■●⚠!]\s*|\[(?=api error))+/i;

/** What an agent said of its failure, as a person should read it: one bounded line without wrapping; empty when it said nothing. */
export function reasonOf({ message, fields }: ErrorFields): string {
  const own = cleanReason(message);
  if (own !== '' && !isGeneric(own)) return own;
  const told = fields.filter(({ key, value }) => TELLING.includes(key) && typeof value === 'string');
  const better = told
    .map(({ value }) => cleanReason(String(value)))
    .find((text) => text !== '' && !isGeneric(text));
  if (better !== undefined) return better;
  const loose = fields.find(
    ({ path, value }) => path === 'data' && typeof value === 'string' && !isGeneric(value),
  );
  return loose === undefined ? own : cleanReason(String(loose.value));
}

/** One text of an agent as a person should read it. */
export function cleanReason(text: string): string {
  const plain = stripVTControlCharacters(text.slice(0, 8000))
    .replace(/\n[ \t]+at .*/g, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\ufeff]/g, '');
  const unwrapped = unwrapJson(plain.trim());
  return oneLine(unwrapped.replace(PREFIXES, '').replace(PREFIXES, ''), MAX_CHARS).replace(
    /^(.+)\]$/,
    closeBracket,
  );
}

/** Gemini puts its errors in brackets, of which the opening one is cut with the prefix. */
function closeBracket(whole: string, inner: string): string {
  return inner.includes('[') ? whole : inner;
}

/** A reason as the sentence it is. */
export function asSentence(reason: string): string {
  const text = reason.trim();
  return text === '' || /[.!?…)\]]$/.test(text) ? text : `${text}.`;
}
