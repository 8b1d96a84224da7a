import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Route } from '@quarterdeck/contract/routes';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Dialect } from './dialect.ts';
import { uploadOf } from './file-bodies.ts';

/** A route's input before its type is known to the compiler. */
export interface LooseInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** Checks a request against its route's schemas. A refusal names the first field that is wrong. */
export function readInput(route: Route, request: FastifyRequest, dialect: Dialect): Result<LooseInput> {
  const query = check(
    route.query,
    dialect.readQuery(request.query as Readonly<Record<string, unknown>>),
    dialect,
  );
  if (!query.ok) return query;
  if (route.upload) {
    const upload = uploadOf(request, route.upload.limitBytes);
    return upload.ok ? ok({ params: request.params, query: query.value, body: upload.value }) : upload;
  }
  // A request without a body is read as an empty one, so that the refusal names what is missing.
  const body = check(route.body, dialect.readBody(request.body === undefined ? {} : request.body), dialect);
  if (!body.ok) return body;
  return ok({ params: request.params, query: query.value, body: body.value });
}

function check(schema: z.ZodType | undefined, value: unknown, dialect: Dialect): Result<unknown> {
  if (!schema) return ok(undefined);
  const parsed = schema.safeParse(value);
  const issue = parsed.success ? findNul(parsed.data) : parsed.error.issues[0];
  if (parsed.success && issue === null) return ok(parsed.data);
  const path = (issue?.path ?? [])
    .map((part) => (typeof part === 'string' ? dialect.fieldName(part) : String(part)))
    .join('.');
  const message = issue?.message ?? 'not valid';
  return refuse('invalid_input', { reason: path === '' ? message : `${path}: ${message}` });
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** PostgreSQL's text cannot hold a NUL, so no text of a person may, on any database. */
function findNul(value: unknown, path: readonly PropertyKey[] = []): Issue | null {
  if (typeof value === 'string') {
    return value.includes('\0')
      ? { path, message: 'text must not contain a NUL character; remove it' }
      : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, content] of Object.entries(value)) {
    const found = findNul(content, [...path, name]);
    if (found !== null) return found;
  }
  return null;
}
