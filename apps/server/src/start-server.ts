import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { takeLock } from '@quarterdeck/agent/host/take-lock';
import type { RunnerId } from '@quarterdeck/contract/ids';
import { ok } from '@quarterdeck/contract/result';
import { type AttachmentFiles, GENERAL_PROJECT, sweepAttachments } from '@quarterdeck/core/board';
import { createDispatcher } from '@quarterdeck/core/dispatch';
import {
  type Clock,
  createEventFeed,
  createIds,
  createLiveBus,
  type EventFeed,
  type ReplyStore,
} from '@quarterdeck/core/events';
import { forgetConnections } from '@quarterdeck/core/fleet';
import { authenticate, findOwner, issueTicket, type Secrets, setUpOwner } from '@quarterdeck/core/identity';
import { addProject, type FolderProbe } from '@quarterdeck/core/planning';
import { createWorkspaceKeeper } from '@quarterdeck/core/runs';
import { type Commit, openStore, type Store } from '@quarterdeck/store';
import { agentTools } from './agent-tools.ts';
import { openAttachmentFiles } from './attachments/attachment-files.ts';
import type { ServerConfig } from './config.ts';
import { setUpDemo } from './demo/demo-project.ts';
import { diagnosing } from './diagnosing.ts';
import { type HomeSecrets, openHome } from './home.ts';
import { readHomeConfig } from './home-config.ts';
import { createHttpServer } from './http/create-http-server.ts';
import { listenWithPatience } from './listen-with-patience.ts';
import { priceList } from './price-list.ts';
import { folderProbe } from './projects/folder-probe.ts';
import { allRoutes } from './routes/all-routes.ts';
import { createRunnerGateway } from './runner-gateway/runner-gateway.ts';
import { createSecrets } from './secrets.ts';
import type { UseCaseDeps } from './use-case-deps.ts';
import { VERSION } from './version.ts';

/** A server that is leaving needs a moment when its successor already starts. */
const LOCK_PATIENCE_MS = 10_000;
/** Another server on the same database and home may be receiving a younger file right now. */
const SHARED_SWEEP_AFTER_MS = 60 * 60_000;
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
  const { board: boardConfig, retention } = await readHomeConfig(config.home);
  const secrets = createSecrets(home.serverKey);
  const unlock = await lockDatabase(config);
  const commits = deferCommits();
  const db = await openStore({ url: config.databaseUrl, onCommit: (commit) => commits.take(commit) });
  const attachmentFiles = await openFiles(config);
  const deps = { db, clock, ids, secrets, folders: folderProbe(config.home), attachmentFiles };
  const feed = createEventFeed(await db.read((ports) => ports.events.latestSeq()));
  const live = createLiveBus();
  const onError = (error: unknown) => http.app.log.error({ err: error }, 'work in the background failed');
  const dispatcher = createDispatcher({ ...deps, feed, live, onError });
  const keeper = createWorkspaceKeeper({ ...deps, feed, retention, onError });
  const gateway = createRunnerGateway({ ...deps, live, onError, dispatcher, keeper, prices: priceList });
  commits.hand(feed, (runnerIds) => gateway.wake(runnerIds));
  const diagnosis = diagnosing(deps, onError);
  const shown = { boardConfig, retention, revision: commits.count };
  let isReady = false;
  const http = createHttpServer({
    handlers: allRoutes({ ...deps, ...shown, dispatcher, gateway, keeper, diagnosis }),
    authenticate: (secret) => authenticate(deps, secret),
    feed,
    live,
    readEvents: (cursor, limit) => db.read((ports) => ports.events.since(cursor, limit)),
    replies: savedReplies(db),
    agentTools: agentTools(deps),
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
  sweepAttachments({ db, files: attachmentFiles }).catch(onError);
  dispatcher.start();
  keeper.start();
  gateway.open();
  isReady = true;
  return {
    url,
    signInUrl: () => signInUrl(deps, url),
    stop: async () => {
      isReady = false;
      gateway.close();
      await dispatcher.stop();
      await keeper.stop();
      await http.close();
      await db.close();
      await unlock();
    },
  };
}

function savedReplies(db: Store): ReplyStore {
  return {
    find: (scope, key) => db.read((ports) => ports.replies.find(scope, key)),
    save: async (scope, key, reply, at) => {
      await db.write(async (ports) => ok(await ports.replies.save(scope, key, reply, at)));
    },
  };
}

function openFiles(config: ServerConfig): Promise<AttachmentFiles> {
  const sweepBefore = clock.now() - (isShared(config) ? SHARED_SWEEP_AFTER_MS : 0);
  return openAttachmentFiles(config.home, { sweepBefore });
}

function isShared({ databaseUrl }: ServerConfig): boolean {
  return databaseUrl.startsWith('postgres');
}

/** The built-in database belongs to one server; PostgreSQL can have many. */
async function lockDatabase(config: ServerConfig): Promise<() => Promise<void>> {
  const { home } = config;
  if (isShared(config)) return async () => undefined;
  return takeLock({
    path: join(home, 'server.lock'),
    patienceMs: LOCK_PATIENCE_MS,
    explain: (pid) =>
      `Quarterdeck already runs on ${home} (process ${pid}). "quarterdeck sign-in" prints a link to it; to run a second one, give it a home of its own with QUARTERDECK_HOME.`,
  });
}

type ServerDeps = UseCaseDeps & { readonly secrets: Secrets; readonly folders: FolderProbe };

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
