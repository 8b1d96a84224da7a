import type { Principal } from '@quarterdeck/contract/identity';
import type { RunId } from '@quarterdeck/contract/ids';
import type { IdentityDeps } from '../ports.ts';

/**
 * Who shows this secret, or null. Secrets are looked up by hash, so a comparison leaks nothing. A ticket is not a credential: it
 * can only be turned into a session.
 */
export async function authenticate(deps: IdentityDeps, secret: string): Promise<Principal | null> {
  const runId = deps.secrets.runOf(secret);
  if (runId !== null) return { kind: 'run', runId: runId as RunId };
  const now = deps.clock.now();
  return deps.db.read(async (ports) => {
    const credential = await ports.credentials.findByHash(deps.secrets.hash(secret));
    if (!credential || credential.kind === 'ticket') return null;
    if (credential.expiresAt !== null && credential.expiresAt <= now) return null;
    if (credential.runnerId !== null) return { kind: 'runner', runnerId: credential.runnerId, name: 'local' };
    const person = credential.personId && (await ports.people.find(credential.personId));
    return person ? { kind: 'person', personId: person.id, name: person.name, role: person.role } : null;
  });
}
