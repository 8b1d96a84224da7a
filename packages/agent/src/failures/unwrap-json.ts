const MAX_UNWRAPS = 4;
const MESSAGE_KEYS = [
  'message',
  'details',
  'detail',
  'error_description',
  'error',
  'reason',
  'title',
  'msg',
] as const;

/** The JSON object or list in a text, behind whatever stands before it; null when there is none. */
export function parseInside(text: string): object | null {
  const from = text.search(/[[{]\s*["[{]/);
  if (from < 0) return null;
  for (const end of [text.lastIndexOf('}'), text.lastIndexOf(']')]) {
    if (end <= from) continue;
    try {
      const value: unknown = JSON.parse(text.slice(from, end + 1));
      if (typeof value === 'object' && value !== null) return value;
    } catch {
      // Not JSON up to there.
    }
  }
  return null;
}

/** The text with the JSON in it replaced by the message that it holds: `401 {"error":{"message":"no"}}` becomes `401 no`. */
export function unwrapJson(text: string, unwraps = 0): string {
  const from = text.search(/[[{]\s*["'[{]/);
  if (from < 0 || unwraps >= MAX_UNWRAPS) return text;
  const before = text.slice(0, from).trim();
  const inner = messageIn(parseInside(text)) ?? messageInPieces(text.slice(from));
  if (inner === null) return before === '' ? text : before;
  return [before, unwrapJson(inner, unwraps + 1)].filter((part) => part !== '').join(' ');
}

/** The innermost text for people in a value that came as JSON. */
export function messageIn(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (typeof value !== 'object' || value === null || depth > 6) return null;
  if (Array.isArray(value))
    return value.map((part) => messageIn(part, depth + 1)).find((it) => it !== null) ?? null;
  for (const key of MESSAGE_KEYS) {
    const found = messageIn(Reflect.get(value, key), depth + 1);
    if (found !== null && !isGeneric(found)) return found;
  }
  const nested = ['data', 'response', 'body', 'responseBody', 'cause'];
  return nested.map((key) => messageIn(Reflect.get(value, key), depth + 1)).find((it) => it !== null) ?? null;
}

/** Whether a message says nothing: the reason is elsewhere then. */
export function isGeneric(message: string): boolean {
  const text = message
    .trim()
    .replace(/[.!:]+$/, '')
    .toLowerCase();
  return (
    GENERIC.has(text) ||
    /^(?:internal error:?\s*)?(?:\[object object\]|undefined|null|\{\}|\d{3})?$/.test(text)
  );
}

const GENERIC: ReadonlySet<string> = new Set([
  'internal error',
  'internal server error occurred',
  'unknown error',
  'error',
  'an error occurred',
  'something went wrong',
  'request failed',
  'invalid params',
  'invalid request',
]);

/** JSON that was cut, or the way Python prints it: the message is taken by its name. */
function messageInPieces(text: string): string | null {
  const [, double] = text.match(/"(?:message|detail|details)"\s*:\s*"((?:[^"\\]|\\.)+)/) ?? [];
  if (double !== undefined) return double.replace(/\\n/g, ' ').replace(/\\(.)/g, '$1');
  const [, single] = text.match(/'(?:message|detail|details)'\s*:\s*'((?:[^'\\]|\\.)+)/) ?? [];
  return single ?? null;
}
