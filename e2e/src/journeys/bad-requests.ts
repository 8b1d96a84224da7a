// Requests nobody should send, made from the contract: whatever it gains is attacked as well.
import { parse } from 'node:querystring';
import { ROUTES, type Route, type RouteName } from '@quarterdeck/contract/routes';
import { z } from 'zod';

export interface BadRequest {
  readonly route: RouteName;
  readonly what: string;
  readonly query: string;
  readonly body: string | Uint8Array | undefined;
  readonly contentType: string;
  /** The contract has no place for it, so it must be refused and change nothing. */
  readonly isInvalid: boolean;
}

const DEEP = 50_000;
const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

/** Values put into every field in turn. */
export const ODD_VALUES: Readonly<Record<string, unknown>> = {
  missing: undefined,
  null: null,
  zero: 0,
  negative: -1,
  fraction: 1.5,
  'too large': 2 ** 60,
  endless: 1e308,
  true: true,
  empty: '',
  blank: '  ',
  'a long text': 'ä'.repeat(300_000),
  list: [],
  'a list of nothing': [null],
  '10,001 ids': Array.from({ length: 10_001 }, (_, index) => `t_${String(index).padStart(8, '0')}`),
  object: {},
  'deep nesting': nested(2000),
  'a NUL': 'a\0b',
  'half a pair': '\ud800 \udfff',
  prototype: '__proto__',
  constructor: { constructor: { prototype: { isAdmin: true } } },
  SQL: "'; drop table tasks; --",
  path: '../../../../etc/passwd\n',
};

/** Bodies that cannot be read at all. */
const RAW_BODIES: Readonly<Record<string, string | Uint8Array>> = {
  'half an object': '{"title":',
  'no JSON': 'title=x',
  'a number': '42',
  'a list': '[]',
  'a null': 'null',
  'invalid UTF-8': Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc3, 0x28, 0x22, 0x7d]),
  'NUL bytes': '\0\0\0\0',
  'an own prototype': '{"title":"x","__proto__":{"isAdmin":true}}',
  'deep nesting': '['.repeat(DEEP) + ']'.repeat(DEEP),
  'deep nesting that is cut': '{"a":'.repeat(DEEP),
  'two megabytes': JSON.stringify({ title: 'x'.repeat(2 * 1024 * 1024) }),
};

/** The smallest body that each route takes, where that is not an empty one. */
const SOUND_BODIES: Readonly<Partial<Record<RouteName, object>>> = {
  'task.create': { title: 'sound' },
  'task.bulk': { ids: ['t_00000000'] },
  'task.comment': { body: 'sound' },
  'link.create': { parentId: 't_00000000', childId: 't_00000001' },
  'project.add': { path: '/nowhere/at/all' },
  'session.prompt': { text: 'sound' },
  'approval.rule': { decision: 'allow' },
  'identity.signIn': { ticket: 'qdt_none' },
  'identity.createKey': { name: 'sound' },
  'view.save': { name: 'sound', query: 'q=1' },
};

const ODD_WORDS = [
  '',
  'x',
  '-1',
  '1.5',
  '1e400',
  '99999999999999999999',
  '%00',
  '%ff%fe',
  'a&{name}=b',
  '{}',
];
const ODD_QUERIES = ['__proto__=1', 'constructor[prototype]=1', '%00=%00', '&&&=&', `x=${'y'.repeat(7000)}`];

/** Every bad request to a route. */
export function badRequests(route: RouteName): BadRequest[] {
  const declared: Route = ROUTES[route];
  return [...badQueries(route, declared), ...(declared.method === 'GET' ? [] : badBodies(route, declared))];
}

function badQueries(route: RouteName, { query, method, body: schema }: Route): BadRequest[] {
  const fields = Object.keys(query?.shape ?? {});
  const texts = [
    ...ODD_QUERIES,
    ...fields.flatMap((name) => ODD_WORDS.map((word) => `${name}=${word.replace('{name}', name)}`)),
  ];
  const body =
    method === 'GET' || schema === undefined ? undefined : JSON.stringify(SOUND_BODIES[route] ?? {});
  return texts.map((text) => ({
    route,
    what: `?${text.slice(0, 60)}`,
    query: `?${text}`,
    body,
    contentType: 'application/json',
    isInvalid: query !== undefined && !query.safeParse({ ...parse(text) }).success,
  }));
}

function badBodies(route: RouteName, { body: schema, upload }: Route): BadRequest[] {
  const base = { route, query: '', contentType: 'application/json' };
  const raw = Object.entries(RAW_BODIES).map(([what, body]) => ({
    ...base,
    what,
    body,
    // A file may hold any bytes.
    isInvalid: schema !== undefined && upload === undefined,
  }));
  if (schema === undefined || upload !== undefined) return raw;
  const wrongType = { ...base, what: 'a form', body: 'title=x', contentType: 'text/plain', isInvalid: true };
  const sound = SOUND_BODIES[route] ?? {};
  if (!schema.safeParse(sound).success) throw new Error(`say in SOUND_BODIES what ${route} takes`);
  return [...raw, wrongType, ...oddFields(schema, sound).map((odd) => ({ ...base, ...odd }))];
}

/** A sound object with one field of the schema replaced by each odd value. */
export function oddFields(
  schema: z.ZodType,
  sound: object,
): Pick<BadRequest, 'what' | 'body' | 'isInvalid'>[] {
  const fields = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return fields.flatMap((field) =>
    Object.entries(ODD_VALUES).map(([what, value]) => {
      const content = { ...sound, [field]: value };
      const sent = JSON.parse(JSON.stringify(content));
      // What no database is sure to keep is refused as well.
      const isInvalid = !schema.safeParse(sent).success || value === ODD_VALUES['a NUL'];
      return { what: `${field}: ${what}`, body: JSON.stringify(content), isInvalid };
    }),
  );
}
