import type { PersonId, RunnerId } from '@quarterdeck/contract/ids';
import { ok } from '@quarterdeck/contract/result';
import type { Credential, IdentityDeps, IdentityPorts } from '../ports.ts';

interface SetUpOwner {
  readonly ownerName: string;
  /** The tokens that count from now on; earlier ones of their kind stop working. */
  readonly ownerToken: string;
  readonly runnerToken: string;
  readonly runnerId: RunnerId;
}

/** Makes the owner on the first start, and makes exactly these owner and runner tokens valid on every start. */
export async function setUpOwner(deps: IdentityDeps, input: SetUpOwner): Promise<void> {
  await deps.db.write(async (ports) => {
    await ports.people.lockOwner();
    const now = deps.clock.now();
    const known = (await ports.people.list()).find((person) => person.role === 'owner');
    const owner = known ?? {
      id: deps.ids.next('u') as PersonId,
      name: input.ownerName,
      role: 'owner' as const,
      createdAt: now,
    };
    if (!known) await ports.people.insert(owner);
    await replaceToken(deps, ports, {
      kind: 'owner',
      secret: input.ownerToken,
      personId: owner.id,
      runnerId: null,
    });
    await replaceToken(deps, ports, {
      kind: 'runner',
      secret: input.runnerToken,
      personId: null,
      runnerId: input.runnerId,
    });
    await ports.credentials.removeExpired(now);
    return ok(null);
  });
}

async function replaceToken(
  deps: IdentityDeps,
  ports: IdentityPorts,
  token: Pick<Credential, 'kind' | 'personId' | 'runnerId'> & { readonly secret: string },
): Promise<void> {
  const { secret, ...owner } = token;
  const secretHash = deps.secrets.hash(secret);
  await ports.credentials.removeOfKind(token.kind, secretHash);
  if (await ports.credentials.findByHash(secretHash)) return;
  const id = deps.ids.next('k');
  await ports.credentials.insert({ id, ...owner, secretHash, createdAt: deps.clock.now(), expiresAt: null });
}
