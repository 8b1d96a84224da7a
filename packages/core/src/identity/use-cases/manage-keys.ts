import type { Key, KeyCreate } from '@quarterdeck/contract/identity';
import type { PersonId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { IdentityDeps, Person } from '../ports.ts';

/**
 * Makes a key for a machine and returns its secret, this once. A key acts under its own name with its role, and cannot be turned
 * into a session.
 */
export async function createKey(
  deps: IdentityDeps,
  wanted: KeyCreate,
): Promise<Result<{ key: Key; secret: string }>> {
  const secret = deps.secrets.make('qdk');
  const now = deps.clock.now();
  const machine: Person = {
    id: deps.ids.next('u') as PersonId,
    name: wanted.name,
    role: wanted.role,
    createdAt: now,
  };
  const id = deps.ids.next('k');
  return deps.db.write(async (ports) => {
    await ports.people.insert(machine);
    const secretHash = deps.secrets.hash(secret);
    const owner = { personId: machine.id, runnerId: null };
    await ports.credentials.insert({
      id,
      kind: 'key',
      secretHash,
      ...owner,
      createdAt: now,
      expiresAt: null,
    });
    return ok({ key: { id, name: machine.name, role: machine.role, createdAt: now }, secret });
  });
}

/** All keys that work, oldest first. */
export async function listKeys(deps: Pick<IdentityDeps, 'db'>): Promise<Result<{ keys: Key[] }>> {
  return deps.db.read(async (ports) => {
    const people = new Map((await ports.people.list()).map((person) => [person.id, person]));
    const keys = (await ports.credentials.listOfKind('key')).flatMap(({ id, personId, createdAt }) => {
      const machine = personId && people.get(personId);
      return machine ? [{ id, name: machine.name, role: machine.role, createdAt }] : [];
    });
    return ok({ keys });
  });
}

/** Makes a key worthless from now on. An unknown one is refused. */
export async function revokeKey(
  deps: Pick<IdentityDeps, 'db'>,
  keyId: string,
): Promise<Result<{ ok: boolean }>> {
  return deps.db.write<{ ok: boolean }>(async (ports) => {
    const isKey = (await ports.credentials.listOfKind('key')).some((key) => key.id === keyId);
    if (!isKey || !(await ports.credentials.remove(keyId))) return refuse('key_not_found', { keyId });
    return ok({ ok: true });
  });
}
