import type { ModelTurn } from './scenario.ts';

/** One request as the model service received it. Header names are lower case. */
export interface LoggedRequest {
  readonly number: number;
  readonly at: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly turn: ModelTurn;
  readonly scenario: string | undefined;
  readonly stepIndex: number | undefined;
}

interface Waiter {
  readonly wants: (request: LoggedRequest) => boolean;
  readonly deliver: (request: LoggedRequest) => void;
}

/** Every request so far, and the tests that wait for the next. */
export interface RequestLog {
  readonly requests: readonly LoggedRequest[];
  readonly add: (request: LoggedRequest) => void;
  readonly waitFor: (
    wants: (request: LoggedRequest) => boolean,
    timeoutMs?: number,
  ) => Promise<LoggedRequest>;
}

/** Makes an empty log. */
export function createRequestLog(): RequestLog {
  const requests: LoggedRequest[] = [];
  const waiters = new Set<Waiter>();
  return {
    requests,
    add: (request) => {
      requests.push(request);
      for (const waiter of waiters) if (waiter.wants(request)) waiter.deliver(request);
    },
    waitFor: (wants, timeoutMs = 10_000) => {
      const seen = requests.find(wants);
      return seen === undefined ? waitForNext(waiters, wants, timeoutMs) : Promise.resolve(seen);
    },
  };
}

function waitForNext(
  waiters: Set<Waiter>,
  wants: Waiter['wants'],
  timeoutMs: number,
): Promise<LoggedRequest> {
  const { promise, resolve, reject } = Promise.withResolvers<LoggedRequest>();
  const waiter: Waiter = { wants, deliver: resolve };
  const timer = setTimeout(
    () => reject(new Error(`The model server did not get the awaited request in ${timeoutMs} ms.`)),
    timeoutMs,
  );
  waiters.add(waiter);
  return promise.finally(() => {
    clearTimeout(timer);
    waiters.delete(waiter);
  });
}
