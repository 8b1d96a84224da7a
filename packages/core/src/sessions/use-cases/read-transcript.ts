import type { SessionId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Session, Transcript } from '@quarterdeck/contract/session';
import type { Database } from '../../events/index.ts';
import type { SessionRecord } from '../../runs/index.ts';
import type { SessionStore } from '../ports.ts';

interface Deps {
  readonly db: Database<{ readonly sessions: SessionStore }>;
}

/** The items of a conversation written after revision `since` (0 for all), by place. */
export async function readTranscript(
  deps: Deps,
  input: { readonly sessionId: string; readonly since: number },
): Promise<Result<Transcript>> {
  return deps.db.read(async ({ sessions }) => {
    const session = await sessions.find(input.sessionId as SessionId);
    if (session === null) return refuse('session_not_found', input);
    const items = await sessions.itemsSince(session.id, input.since);
    return ok({ session: publicSession(session), items, rev: session.rev });
  });
}

/** A conversation without its items. */
export async function showSession(deps: Deps, sessionId: string): Promise<Result<Session>> {
  return deps.db.read(async ({ sessions }) => {
    const session = await sessions.find(sessionId as SessionId);
    return session === null ? refuse('session_not_found', { sessionId }) : ok(publicSession(session));
  });
}

function publicSession({ projectId: _, ...session }: SessionRecord): Session {
  return session;
}
