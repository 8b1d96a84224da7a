import type { Event } from '@quarterdeck/contract/event';
import type { Principal } from '@quarterdeck/contract/identity';
import type { Result } from '@quarterdeck/contract/result';
import type { Clock, EventFeed, LiveBus, ReplyStore } from '@quarterdeck/core/events';
import type { WebSocket } from 'ws';
import type { Handlers } from './handlers.ts';
import type { StreamLimits } from './streams/stream-limits.ts';

export type RunnerPrincipal = Extract<Principal, { kind: 'runner' }>;

/** What agents can reach over MCP. Every call is checked against the run's token again. */
export interface AgentToolCalls {
  /** Whose token this is. Refuses with `sign_in_required` or `run_superseded`. */
  authenticate(token: string): Promise<Result<{ readonly runId: string }>>;
  call(runId: string, toolName: string, input: unknown): Promise<Result<unknown>>;
}

/** Everything the HTTP edge needs of the rest of the server. */
export interface HttpServerOptions {
  readonly handlers: Handlers;
  /** Whose secret this is: a bearer token, the session cookie or a socket's `?token=`. Null when nobody's. */
  readonly authenticate: (secret: string) => Promise<Principal | null>;
  readonly feed: EventFeed;
  readonly live: LiveBus;
  /** Committed events with `seq > cursor`, oldest first. */
  readonly readEvents: (cursor: number, limit: number) => Promise<Event[]>;
  readonly replies: ReplyStore;
  readonly agentTools: AgentToolCalls;
  /** Called with the open socket of a runner that has proved who it is. */
  readonly onRunnerSocket: (socket: WebSocket, runner: RunnerPrincipal) => void;
  /** What `/readyz` reports; the server is ready when all are true. */
  readonly checks: () => Promise<Readonly<Record<string, boolean>>>;
  /** Absolute path of the built web app; the folder may be missing. */
  readonly webRoot: string;
  /** Host names this server answers to, beside loopback names, its own address and the hosts of `publicOrigins`. */
  readonly allowedHosts: readonly string[];
  /** Where people reach it, such as `https://deck.example.org`. Pages of these origins may write. */
  readonly publicOrigins: readonly string[];
  /** `stream` is standard output unless given. */
  readonly log: { readonly level: string; readonly stream?: { write(line: string): void } };
  readonly version: string;
  readonly clock: Clock;
  readonly streamLimits?: Partial<StreamLimits>;
}
