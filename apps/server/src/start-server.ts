import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { takeLock } from '@quarterdeck/agent/host/take-lock';
import type { RunId, RunnerId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok } from '@quarterdeck/contract/result';
import { GENERAL_PROJECT } from '@quarterdeck/core/board';
import { callAgentTool, createDispatcher, findOwningRun, type ToolInput } from '@quarterdeck/core/dispatch';
import {
  type Clock,
  createEventFeed,
  createIds,
  createLiveBus,
  type EventFeed,
} from '@quarterdeck/core/events';
import { forgetConnections } from '@quarterdeck/core/fleet';
import { authenticate, findOwner, issueTicket, type Secrets, setUpOwner } from '@quarterdeck/core/identity';
import { addProject } from '@quarterdeck/core/planning';
import { type Commit, openStore, type Ports, type Store } from '@quarterdeck/store';
import { readBoardConfig } from './board-config.ts';
import type { ServerConfig } from './config.ts';
import { setUpDemo } from './demo/demo-project.ts';
import { folderProbe } from './folder-probe.ts';
import { type HomeSecrets, openHome } from './home.ts';
import { createHttpServer } from './http/create-http-server.ts';
import type { AgentToolCalls } from './http/http-server-options.ts';
import { listenWithPatience } from './listen-with-patience.ts';
import { priceList } from './price-list.ts';
import { boardRoutes } from './routes/board-routes.ts';
import { houseRoutes } from './routes/house-routes.ts';
import { reviewRoutes } from './routes/review-routes.ts';
import { runRoutes } from './routes/run-routes.ts';
import { viewRoutes } from './routes/view-routes.ts';
import { createRunnerGateway } from './runner-gateway/runner-gateway.ts';
import { createSecrets } from './secrets.ts';
import type { UseCaseDeps } from './use-case-deps.ts';
import { VERSION } from './version.ts';

/** A server that is leaving needs a moment when its successor already starts. */
const LOCK_PATIENCE_MS = 10_000;
const LOCAL_RUNNER = 'm_local' as RunnerId;

export interface RunningServer {
  /** Where people open it. */
  readonly url: string;
  /** The address with a fresh one-time sign-in ticket. */
  signInUrl(): Promise<string>;
  stop(): Promise<void>;
}

const clock: Clock = { now: () => Date.now() };
const ids = createIds({ clock, uuid: randomUUID });

/** Builds the server from its parts, listens, and sets up the home; resolves when everything works. */
export async function startServer(config: ServerConfig): Promise<RunningServer> {
  const home = await openHome(config.home, config.ownerToken);
  const boardConfig = await readBoardConfig(config.home);
  const secrets = createSecrets(home.serverKey);
  const unlock = await lockDatabase(config);
  const commits = deferCommits();
  const db = await openStore({ url: config.databaseUrl, onCommit: (commit) => commits.take(commit) });
  const deps = { db, clock, ids, secrets, folders: folderProbe };
  const feed = createEventFeed(await db.read((ports) => ports.events.latestSeq()));
  const live = createLiveBus();
  const onError = (error: unknown) => http.app.log.error({ err: error }, 'work in the background failed');
  const dispatcher = createDispatcher({ ...deps, feed, live, onError });
  const gateway = createRunnerGateway({ ...deps, live, onError, dispatcher, prices: priceList });
  commits.hand(feed, (runnerIds) => gateway.wake(runnerIds));
  let isReady = false;
  const http = createHttpServer({
    handlers: {
      ...boardRoutes({ ...deps, boardConfig, revision: commits.count }),
      ...runRoutes({ ...deps, dispatcher, gateway }),
      ...reviewRoutes({ ...deps, gateway }),
      ...viewRoutes(deps),
      ...houseRoutes(deps),
    },
    authenticate: (secret) => authenticate(deps, secret),
    feed,
    live,
    readEvents: (cursor, limit) => db.read((ports) => ports.events.since(cursor, limit)),
    replies: {
      find: (scope, key) => db.read((ports) => ports.replies.find(scope, key)),
      save: async (scope, key, reply, at) => {
        await db.write(async (ports) => ok(await ports.replies.save(scope, key, reply, at)));
      },
    },
    agentTools: agentTools(deps, secrets),
    onRunnerSocket: (socket, runner) => gateway.accept(socket, runner),
    checks: async () => ({ database: await db.ping(), started: isReady }),
    webRoot: config.webRoot,
    allowedHosts: config.allowedHosts,
    publicOrigins: config.publicOrigins,
    log: { level: config.logLevel },
    version: VERSION,
    clock,
  });
  const { url } = await listenWithPatience(() => http.listen(config.host, config.port), config);
  await furnish({ config, home, deps });
  dispatcher.start();
  gateway.open();
  isReady = true;
  return {
    url,
    signInUrl: () => signInUrl(deps, url),
    stop: async () => {
      isReady = false;
      gateway.close();
      await dispatcher.stop();
      await http.close();
      await db.close();
      await unlock();
    },
  };
}

/** The built-in database belongs to one server; PostgreSQL can have many. */
async function lockDatabase({ home, databaseUrl }: ServerConfig): Promise<() => Promise<void>> {
  if (databaseUrl.startsWith('postgres')) return async () => undefined;
  return takeLock({
    path: join(home, 'server.lock'),
    patienceMs: LOCK_PATIENCE_MS,
    explain: (pid) =>
      `Quarterdeck already runs on ${home} (process ${pid}). "quarterdeck sign-in" prints a link to it; to run a second one, give it a home of its own with QUARTERDECK_HOME.`,
  });
}

type ServerDeps = UseCaseDeps & { readonly secrets: Secrets; readonly folders: typeof folderProbe };

/** What a home needs before anybody uses it: nobody connected, an owner, a project for tasks without one, the demo. */
async function furnish(house: { config: ServerConfig; home: HomeSecrets; deps: ServerDeps }): Promise<void> {
  const { config, home, deps } = house;
  await forgetConnections(deps);
  await setUpOwner(deps, {
    ownerName: process.env.USER || 'owner',
    ownerToken: home.ownerToken,
    runnerToken: home.runnerToken,
    runnerId: LOCAL_RUNNER,
  });
  const path = join(config.home, 'general');
  await mkdir(path, { recursive: true });
  const general = await addProject(deps, {
    project: { path, name: 'General' },
    actor: 'quarterdeck',
    id: GENERAL_PROJECT,
  });
  if (!general.ok && general.refusal.code !== 'project_exists') throw new Error(general.refusal.message);
  if (config.wantsDemo) await setUpDemo(deps, config.home);
}

async function signInUrl(deps: ServerDeps, url: string): Promise<string> {
  const owner = await findOwner(deps);
  const ticket = owner && (await issueTicket(deps, owner));
  return ticket?.ok ? `${url}/sign-in?ticket=${ticket.value.ticket}` : url;
}

/** Commits made before feed and gateway exist are handed on when they do. */
function deferCommits() {
  const early: Commit[] = [];
  let count = 0;
  let target: ((commit: Commit) => void) | null = null;
  return {
    take: (commit: Commit) => {
      count += 1;
      if (target) target(commit);
      else early.push(commit);
    },
    /** Commits so far: nothing this server wrote has changed while it stays the same. */
    count: () => count,
    hand(feed: EventFeed, wake: (runnerIds: Commit['runnersToWake']) => void) {
      target = (commit) => {
        feed.publish(commit.events);
        if (commit.runnersToWake.length > 0) wake(commit.runnersToWake);
      };
      for (const commit of early.splice(0)) target(commit);
    },
  };
}

function agentTools(deps: ServerDeps & { readonly db: Store }, secrets: Secrets): AgentToolCalls {
  return {
    async authenticate(token) {
      const runId = secrets.runOf(token) as RunId | null;
      if (runId === null) return refuse('sign_in_required');
      const owner = await deps.db.read((ports: Ports) => findOwningRun(ports, runId));
      return owner.ok ? ok({ runId }) : owner;
    },
    call: (runId, name, input) =>
      callAgentTool(deps, { runId: runId as RunId, call: { name, input } as ToolInput }),
  };
}
