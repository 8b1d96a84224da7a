import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { answerOf } from './answer.ts';
import { anthropicMessages } from './anthropic-messages.ts';
import type { Dialect } from './dialect.ts';
import { asRecord } from './dialect.ts';
import { geminiGenerate } from './gemini-generate.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiResponses } from './openai-responses.ts';
import type { PickedStep } from './pick-step.ts';
import { pickStep } from './pick-step.ts';
import type { Reply } from './reply.ts';
import { sendAnswer, sendFault, sendJson } from './reply.ts';
import type { LoggedRequest, RequestLog } from './request-log.ts';
import { createRequestLog } from './request-log.ts';
import type { Fault, Scenario } from './scenario.ts';

const DIALECTS: readonly Dialect[] = [openaiChat, anthropicMessages, openaiResponses, geminiGenerate];

/** A scripted model service on a loopback port. */
export interface ModelServer extends AsyncDisposable {
  /** Without a path: OpenAI dialects live under `${url}/v1`, Anthropic's and Google's base URL is `url` itself. */
  readonly url: string;
  readonly requests: readonly LoggedRequest[];
  /** The first request, past or coming, that `wants` accepts; rejects after `timeoutMs` (10 s). */
  readonly waitForRequest: RequestLog['waitFor'];
  readonly stop: () => Promise<void>;
}

interface ServerState {
  readonly scenarios: Readonly<Record<string, Scenario>>;
  readonly log: RequestLog;
  readonly faults: Map<string, number>;
  readonly stopping: AbortController;
}

/** Starts a model service that plays the given scenarios. Stopping it ends stalled answers too. */
export async function startModelServer(options: {
  readonly scenarios: Readonly<Record<string, Scenario>>;
}): Promise<ModelServer> {
  const state: ServerState = {
    scenarios: options.scenarios,
    log: createRequestLog(),
    faults: new Map(),
    stopping: new AbortController(),
  };
  const server = createServer((request, response) => {
    void serve(state, request, response).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 400, { error: { message: String(error) } });
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async (): Promise<void> => {
    state.stopping.abort();
    const closed = server.listening ? once(server, 'close') : undefined;
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests: state.log.requests,
    waitForRequest: state.log.waitFor,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function serve(state: ServerState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const dialect = DIALECTS.find((candidate) => candidate.speaks(path));
  if (dialect === undefined) return sendJson(response, request.method === 'HEAD' ? 200 : 404, {});
  const body = asRecord(await json(request));
  const turn = dialect.read(body, path);
  const picked = pickStep(state.scenarios, turn);
  const logged = logRequest(state, { request, path, body, turn, picked });
  const hungUp = new AbortController();
  response.on('close', () => hungUp.abort());
  const signal = AbortSignal.any([hungUp.signal, state.stopping.signal]);
  await play(state, { response, dialect, turn, signal }, { picked, logged });
}

async function play(
  state: ServerState,
  reply: Reply,
  { picked, logged }: { readonly picked: PickedStep; readonly logged: LoggedRequest },
): Promise<void> {
  const step = picked.kind === 'step' ? picked.step : { text: spokenInstead(picked) };
  const answer = answerOf(step, reply.turn, String(logged.number));
  if (step.fault !== undefined && isFaultDue(state, step.fault, logged))
    return sendFault(reply, step.fault, answer);
  await sendAnswer(reply, answer, step.delayMs ?? 0);
}

// Said as text, not as an error status: opencode retries even those for minutes, and a misspelt name would look like a hang.
function spokenInstead(picked: Exclude<PickedStep, { readonly kind: 'step' }>): string {
  if (picked.kind === 'title') return 'Scripted title';
  if (picked.kind === 'unknown') return `There is no scenario named ${picked.scenario}.`;
  return 'No scenario was asked for.';
}

function isFaultDue(state: ServerState, fault: Fault, request: LoggedRequest): boolean {
  const key = `${request.headers['x-session-id'] ?? ''} ${request.scenario} ${request.stepIndex}`;
  const failures = state.faults.get(key) ?? 0;
  if (failures >= (fault.times ?? Number.POSITIVE_INFINITY)) return false;
  state.faults.set(key, failures + 1);
  return true;
}

function logRequest(
  state: ServerState,
  seen: Pick<LoggedRequest, 'path' | 'body' | 'turn'> & {
    readonly request: IncomingMessage;
    readonly picked: PickedStep;
  },
): LoggedRequest {
  const { request, picked, ...rest } = seen;
  const isStep = picked.kind === 'step';
  const logged: LoggedRequest = {
    ...rest,
    number: state.log.requests.length + 1,
    at: Date.now(),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    scenario: isStep ? picked.scenario : undefined,
    stepIndex: isStep ? picked.index : undefined,
  };
  state.log.add(logged);
  return logged;
}
