import { ERRORS, type ErrorCode } from '@quarterdeck/contract/errors';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Refused, type Result } from '@quarterdeck/contract/result';
import {
  type FileRouteName,
  ROUTES,
  type Route,
  type RouteCall,
  type RouteName,
  type RouteReply,
} from '@quarterdeck/contract/routes';
import { pause } from './pause.ts';

type Fetch = typeof globalThis.fetch;
/** Files have calls of their own, in `files.ts`. */
type JsonRoute = Exclude<RouteName, FileRouteName>;

export interface ClientOptions {
  /** Where the server is, such as `http://127.0.0.1:4700`; an empty string means this page's own origin. */
  readonly baseUrl: string;
  /** Sent as a bearer token. A browser leaves it out and is known by its cookie. */
  readonly token?: string | undefined;
  readonly fetch?: Fetch | undefined;
  /** Further attempts after a network failure or a 503, and the wait before the first of them, which then doubles. */
  readonly retries?: number;
  readonly retryDelayMs?: number;
  /** How long one attempt may take. */
  readonly timeoutMs?: number;
}

export interface CallOptions {
  /** When it aborts, the call rejects with its reason. */
  readonly signal?: AbortSignal;
}

type Needed<Name extends string, T> = keyof T extends never
  ? { readonly [K in Name]?: undefined }
  : Record<never, never> extends T
    ? { readonly [K in Name]?: T }
    : { readonly [K in Name]: T };
type Given<N extends RouteName, Part extends 'query' | 'body'> = (typeof ROUTES)[N] extends {
  readonly [K in Part]: unknown;
}
  ? Needed<Part, NonNullable<RouteCall<N>[Part]>>
  : { readonly [K in Part]?: undefined };

/** What a route needs from its caller: only the parts it has, and optional where nothing in them is required. */
export type CallInput<N extends RouteName> = Needed<'params', RouteCall<N>['params']> &
  Given<N, 'query'> &
  Given<N, 'body'>;
type CallArguments<N extends RouteName> =
  Record<never, never> extends CallInput<N>
    ? [input?: CallInput<N>, options?: CallOptions]
    : [input: CallInput<N>, options?: CallOptions];

export interface Client {
  /** Calls a route of the contract. Everything that can be expected to go wrong comes back as a refusal. */
  call<N extends JsonRoute>(name: N, ...input: CallArguments<N>): Promise<Result<RouteReply<N>>>;
}

interface Outgoing {
  readonly url: string;
  readonly init: RequestInit;
}
interface LooseInput {
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/**
 * A typed client of the REST routes. Every write carries an Idempotency-Key and is retried with the same key, so that it
 * happens once even when a reply was lost. Replies are trusted to have the contract's shape.
 */
export function createClient(options: ClientOptions): Client {
  return {
    async call<N extends JsonRoute>(name: N, ...[input, how]: CallArguments<N>) {
      const outgoing = buildRequest(options, ROUTES[name], (input ?? {}) as LooseInput);
      return (await attempt(options, outgoing, how?.signal)) as Result<RouteReply<N>>;
    },
  };
}

function buildRequest(options: ClientOptions, route: Route, input: LooseInput): Outgoing {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (options.token) headers['Authorization'] = `Bearer ${options.token}`;
  if (route.method !== 'GET') headers['Idempotency-Key'] = crypto.randomUUID();
  const init: RequestInit = { method: route.method, headers, credentials: 'same-origin' };
  if (route.body) {
    headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(input.body ?? {});
  }
  return {
    url: `${options.baseUrl}/api${fillPath(route.path, input.params)}${queryText(input.query)}`,
    init,
  };
}

function fillPath(path: string, params: LooseInput['params']): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''));
}

function queryText(query: LooseInput['query']): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null) search.set(name, String(value));
  }
  return search.size > 0 ? `?${search}` : '';
}

async function attempt(
  options: ClientOptions,
  outgoing: Outgoing,
  signal?: AbortSignal,
): Promise<Result<unknown>> {
  const { retries = 3, retryDelayMs = 150 } = options;
  for (let tried = 0; ; tried += 1) {
    const { result, mayRetry } = await send(options, outgoing, signal);
    if (!mayRetry || tried >= retries) return result;
    await pause(retryDelayMs * 2 ** tried, signal);
  }
}

interface Answer {
  readonly result: Result<unknown>;
  readonly mayRetry: boolean;
}

async function send(options: ClientOptions, { url, init }: Outgoing, signal?: AbortSignal): Promise<Answer> {
  const request = options.fetch ?? globalThis.fetch;
  const deadline = AbortSignal.timeout(options.timeoutMs ?? 30_000);
  try {
    const response = await request(url, {
      ...init,
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
    return await readAnswer(response, options.baseUrl);
  } catch (failure) {
    if (signal?.aborted) throw failure;
    return { result: refuse('server_unreachable', { url: shownUrl(options.baseUrl) }), mayRetry: true };
  }
}

async function readAnswer(response: Response, baseUrl: string): Promise<Answer> {
  const reply = parseJson(await response.text());
  if (response.ok) {
    // Something else may listen at this address and answer with a page.
    const isOurs = typeof reply === 'object' && reply !== null;
    return {
      result: isOurs ? ok(reply) : refuse('server_unreachable', { url: shownUrl(baseUrl) }),
      mayRetry: false,
    };
  }
  const refused = readRefusal(reply) ?? refusalWithoutReason(response.status, baseUrl);
  // A server that says its runner is away has answered; asking again at once does not bring the runner back.
  const mayRetry = response.status === 503 && refused.refusal.code !== 'runner_offline';
  return { result: refused, mayRetry };
}

/** The refusal in an error reply `{error: {code, message, details}}`; null when the reply is not one. */
export function readRefusal(reply: unknown): Refused | null {
  const error = isRecord(reply) ? reply['error'] : null;
  if (!isRecord(error) || typeof error['code'] !== 'string') return null;
  const { code, message, details } = error;
  // A newer server may refuse with a code this client does not know; its text is still the best there is.
  const known: ErrorCode = Object.hasOwn(ERRORS, code as string) ? (code as ErrorCode) : 'internal';
  return {
    ok: false,
    refusal: { code: known, message: String(message ?? code), details: isRecord(details) ? details : {} },
  };
}

function refusalWithoutReason(status: number, baseUrl: string): Refused {
  if (status >= 502) return refuse('server_unreachable', { url: shownUrl(baseUrl) });
  const refused = refuse('internal', { status });
  const message = `the server at ${shownUrl(baseUrl)} answered ${status} and gave no reason`;
  return { ...refused, refusal: { ...refused.refusal, message } };
}

function shownUrl(baseUrl: string): string {
  return baseUrl === '' ? 'this address' : baseUrl;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
