import type { Me } from '@quarterdeck/contract/identity';
import type { PersonId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Credential, IdentityDeps } from '../ports.ts';

export const TICKET_LIFETIME_MS = 15 * 60_000;
export const SESSION_LIFETIME_MS = 30 * 24 * 3600_000;

/** A one-time ticket for the sign-in link of a person, valid for 15 minutes. */
export async function issueTicket(
  deps: IdentityDeps,
  personId: PersonId,
): Promise<Result<{ ticket: string; expiresAt: number }>> {
  const ticket = deps.secrets.make('qdt');
  const now = deps.clock.now();
  const expiresAt = now + TICKET_LIFETIME_MS;
  return deps.db.write(async (ports) => {
    await ports.credentials.insert(
      credentialOf(deps, { kind: 'ticket', secret: ticket, personId, expiresAt }),
    );
    return ok({ ticket, expiresAt });
  });
}

/** The owner's id, for the ticket printed at start. */
export async function findOwner(deps: IdentityDeps): Promise<PersonId | null> {
  const people = await deps.db.read((ports) => ports.people.list());
  return people.find((person) => person.role === 'owner')?.id ?? null;
}

/** Turns a ticket (once) or a person's token into a session of 30 days. Returns the secret for the cookie. */
export async function signIn(
  deps: IdentityDeps,
  shown: { readonly ticket?: string; readonly token?: string },
): Promise<Result<{ me: Me; secret: string; expiresAt: number }>> {
  const shownSecret = shown.ticket ?? shown.token;
  if (shownSecret === undefined) return refuse('invalid_input', { reason: 'send a ticket or a token' });
  return deps.db.write(async (ports) => {
    const now = deps.clock.now();
    const credential = await ports.credentials.findByHash(deps.secrets.hash(shownSecret));
    const isAlive = credential !== null && (credential.expiresAt === null || credential.expiresAt > now);
    const isRightKind =
      shown.ticket === undefined ? credential?.kind === 'owner' : credential?.kind === 'ticket';
    if (!isAlive || !isRightKind || credential.personId === null)
      return refuse(shown.ticket ? 'ticket_spent' : 'sign_in_required');
    if (credential.kind === 'ticket' && !(await ports.credentials.remove(credential.id)))
      return refuse('ticket_spent');
    const person = await ports.people.find(credential.personId);
    if (person === null) return refuse('sign_in_required');
    const secret = deps.secrets.make('qds');
    const expiresAt = now + SESSION_LIFETIME_MS;
    await ports.credentials.insert(
      credentialOf(deps, { kind: 'session', secret, personId: person.id, expiresAt }),
    );
    return ok({ me: { personId: person.id, name: person.name, role: person.role }, secret, expiresAt });
  });
}

/** Ends the session a cookie belongs to. */
export async function signOut(deps: IdentityDeps, secret: string): Promise<void> {
  await deps.db.write(async (ports) => {
    const credential = await ports.credentials.findByHash(deps.secrets.hash(secret));
    if (credential?.kind === 'session') await ports.credentials.remove(credential.id);
    return ok(null);
  });
}

function credentialOf(
  deps: IdentityDeps,
  made: { kind: Credential['kind']; secret: string; personId: PersonId; expiresAt: number },
): Credential {
  const { kind, secret, personId, expiresAt } = made;
  const id = deps.ids.next('k');
  return {
    id,
    kind,
    secretHash: deps.secrets.hash(secret),
    personId,
    runnerId: null,
    createdAt: deps.clock.now(),
    expiresAt,
  };
}
