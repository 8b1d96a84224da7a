import { setTimeout } from 'node:timers/promises';
import type { Event } from '@quarterdeck/contract/event';
import type { RunnerId } from '@quarterdeck/contract/ids';
import type { Refused, Result } from '@quarterdeck/contract/result';
import type { MomentStore } from '@quarterdeck/core/diagnostics';
import type { DispatchPorts } from '@quarterdeck/core/dispatch';
import type { Database, ReplyStore } from '@quarterdeck/core/events';
import type { IdentityPorts } from '@quarterdeck/core/identity';
import type { WorkspaceStore } from '@quarterdeck/core/runs';
import { attachmentStore } from './board/attachment-store.ts';
import { commentStore } from './board/comment-store.ts';
import { linkStore } from './board/link-store.ts';
import { taskStore } from './board/task-store.ts';
import { viewStore } from './board/view-store.ts';
import { momentStore } from './diagnostics/moment-store.ts';
import type { Dialect } from './dialect/dialect.ts';
import { openPostgres } from './dialect/postgres.ts';
import { openSqlite } from './dialect/sqlite.ts';
import { eventLog, flushEvents } from './events/event-log.ts';
import { replyStore } from './events/reply-store.ts';
import { offerStore } from './fleet/offer-store.ts';
import { profileSettingsStore } from './fleet/profile-settings-store.ts';
import { runnerStore } from './fleet/runner-store.ts';
import { credentialStore } from './identity/credential-store.ts';
import { personStore } from './identity/person-store.ts';
import { projectStore } from './planning/project-store.ts';
import { commandOutbox } from './runs/command-outbox.ts';
import { costStore } from './runs/cost-store.ts';
import { runStore } from './runs/run-store.ts';
import { workspaceStore } from './runs/workspace-store.ts';
import { migrate } from './schema/migrate.ts';
import { sessionStore } from './sessions/session-store.ts';
import { proposalStore } from './supervision/proposal-store.ts';
import { ruleStore } from './supervision/rule-store.ts';
import { createContext, type StoreContext } from './transaction.ts';

/** Every port of every feature, inside one transaction. */
export interface Ports extends DispatchPorts, IdentityPorts {
  readonly workspaces: WorkspaceStore;
  readonly moments: MomentStore;
  readonly replies: ReplyStore;
}

/** What a committed transaction leaves to be done. */
export interface Commit {
  readonly events: readonly Event[];
  readonly runnersToWake: readonly RunnerId[];
}

export interface Store extends Database<Ports> {
  /** Whether the database answers. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

interface StoreOptions {
  /** `postgres://…`, or the path of an SQLite file, or `:memory:`. */
  readonly url: string;
  readonly onCommit: (commit: Commit) => void;
}

const WRITE_ATTEMPTS = 8;
const RETRY_PAUSE_MS = 20;

/** Opens the database, brings its schema up to date, and offers every port on it. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const dialect = /^postgres(ql)?:/.test(options.url) ? openPostgres(options.url) : openSqlite(options.url);
  await migrate(dialect.db, dialect.name);
  return {
    read: (work) => dialect.read((connection) => work(portsOn(createContext(dialect, connection, false)))),
    write: (work) => write(dialect, { work, onCommit: options.onCommit }),
    ping: () =>
      dialect.read(
        async (connection) =>
          (await connection.selectFrom('people').select('id').limit(1).execute()).length >= 0,
      ),
    close: () => dialect.close(),
  };
}

/** Thrown inside a transaction to roll it back with a refusal. */
class RollBack extends Error {
  readonly refused: Refused;
  constructor(refused: Refused) {
    super(refused.refusal.message);
    this.refused = refused;
  }
}

interface Write<T> {
  readonly work: (ports: Ports) => Promise<Result<T>>;
  readonly onCommit: (commit: Commit) => void;
}

async function write<T>(dialect: Dialect, { work, onCommit }: Write<T>): Promise<Result<T>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { result, commit } = await dialect.write(async (connection) => {
        const context = createContext(dialect, connection, true);
        const done = await work(portsOn(context));
        if (!done.ok) throw new RollBack(done);
        const events = await flushEvents(context);
        return { result: done, commit: { events, runnersToWake: [...context.runnersToWake] } };
      });
      onCommit(commit);
      return result;
    } catch (error) {
      if (error instanceof RollBack) return error.refused;
      if (attempt >= WRITE_ATTEMPTS || !dialect.isRetryable(error)) throw error;
      // Those that ran into each other start again at different times, or they would do so for ever.
      await setTimeout(Math.random() * RETRY_PAUSE_MS * attempt);
    }
  }
}

function portsOn(context: StoreContext): Ports {
  return {
    tasks: taskStore(context),
    links: linkStore(context),
    comments: commentStore(context),
    attachments: attachmentStore(context),
    views: viewStore(context),
    projects: projectStore(context),
    runs: runStore(context),
    workspaces: workspaceStore(context),
    commands: commandOutbox(context),
    claims: { lock: () => context.dialect.lock(context.connection, 'claims') },
    sessions: sessionStore(context),
    proposals: proposalStore(context),
    rules: ruleStore(context),
    runners: runnerStore(context),
    profileSettings: profileSettingsStore(context),
    offers: offerStore(context),
    costs: costStore(context),
    people: personStore(context),
    credentials: credentialStore(context),
    events: eventLog(context),
    moments: momentStore(context),
    replies: replyStore(context),
  };
}
