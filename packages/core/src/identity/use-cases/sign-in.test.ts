import { createHash } from 'node:crypto';
import type { PersonId, RunnerId } from '@quarterdeck/contract/ids';
import { codeOf, okValue } from '@quarterdeck/testkit/factories/open-test-board';
import { openTestStore, TEST_DATABASES, type TestDatabase } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import type { Secrets } from '../ports.ts';
import { authenticate } from './authenticate.ts';
import { setUpOwner } from './set-up-owner.ts';
import {
  findOwner,
  issueTicket,
  SESSION_LIFETIME_MS,
  signIn,
  signOut,
  TICKET_LIFETIME_MS,
} from './sign-in.ts';

const OWNER = {
  ownerName: 'Ada',
  ownerToken: 'owner-1',
  runnerToken: 'runner-1',
  runnerId: 'm_test' as RunnerId,
};

/** Secrets that count up; run tokens are worth what they say. */
function createTestSecrets(): Secrets {
  let made = 0;
  return {
    make: (prefix) => `${prefix}_${++made}`,
    hash: (secret) => createHash('sha256').update(secret).digest('hex'),
    runToken: (runId) => `qdr_${runId}`,
    runOf: (token) => (token.startsWith('qdr_') ? token.slice(4) : null),
  };
}

async function openIdentity(database: TestDatabase) {
  const store = { ...(await openTestStore(database)), secrets: createTestSecrets() };
  await setUpOwner(store, OWNER);
  const ownerId = (await findOwner(store)) as PersonId;
  return { ...store, ownerId };
}

describe.each(TEST_DATABASES)('signing in on %s', (database) => {
  it('works once with a ticket, also when two try at once', async () => {
    await using deps = await openIdentity(database);
    const other = { ...deps, db: await deps.openServer() };
    const { ticket } = okValue(await issueTicket(deps, deps.ownerId));
    const tries = await Promise.all([deps, other, deps, other].map((it) => signIn(it, { ticket })));
    expect(tries.map(codeOf).filter((code) => code === null)).toHaveLength(1);
    expect(codeOf(await signIn(deps, { ticket }))).toBe('ticket_spent');
  });
});

describe('signing in', () => {
  it('with the owner’s token or a ticket gives a session of thirty days', async () => {
    await using deps = await openIdentity('sqlite');
    const { secret, me, expiresAt } = okValue(await signIn(deps, { token: OWNER.ownerToken }));
    expect(me).toEqual({ personId: deps.ownerId, name: 'Ada', role: 'owner' });
    expect(expiresAt).toBe(deps.clock.now() + SESSION_LIFETIME_MS);
    expect(await authenticate(deps, secret)).toMatchObject({ kind: 'person', name: 'Ada', role: 'owner' });
    deps.clock.advance(SESSION_LIFETIME_MS);
    expect(await authenticate(deps, secret)).toBeNull();
  });

  it('is refused with a ticket that is too old, the wrong kind of secret, or none', async () => {
    await using deps = await openIdentity('sqlite');
    const { ticket } = okValue(await issueTicket(deps, deps.ownerId));
    expect(codeOf(await signIn(deps, { token: ticket }))).toBe('sign_in_required');
    expect(codeOf(await signIn(deps, { ticket: OWNER.ownerToken }))).toBe('ticket_spent');
    expect(codeOf(await signIn(deps, { token: OWNER.runnerToken }))).toBe('sign_in_required');
    expect(codeOf(await signIn(deps, { token: 'guessed' }))).toBe('sign_in_required');
    expect(codeOf(await signIn(deps, {}))).toBe('invalid_input');
    deps.clock.advance(TICKET_LIFETIME_MS);
    expect(codeOf(await signIn(deps, { ticket }))).toBe('ticket_spent');
  });

  it('ends with signing out', async () => {
    await using deps = await openIdentity('sqlite');
    const { secret } = okValue(await signIn(deps, { token: OWNER.ownerToken }));
    await signOut(deps, OWNER.ownerToken);
    await signOut(deps, secret);
    expect(await authenticate(deps, secret)).toBeNull();
    expect(await authenticate(deps, OWNER.ownerToken)).not.toBeNull();
  });
});

describe('who shows a secret', () => {
  it('is a person, a runner or a run; a ticket is nobody', async () => {
    await using deps = await openIdentity('sqlite');
    const { ticket } = okValue(await issueTicket(deps, deps.ownerId));
    expect(await authenticate(deps, OWNER.ownerToken)).toMatchObject({ kind: 'person', role: 'owner' });
    expect(await authenticate(deps, OWNER.runnerToken)).toMatchObject({ kind: 'runner', runnerId: 'm_test' });
    expect(await authenticate(deps, 'qdr_r_0001')).toEqual({ kind: 'run', runId: 'r_0001' });
    expect(await authenticate(deps, ticket)).toBeNull();
    expect(await authenticate(deps, '')).toBeNull();
  });

  it('after a start with other tokens the old ones are nobody’s, and the owner is the same', async () => {
    await using deps = await openIdentity('sqlite');
    await setUpOwner(deps, { ...OWNER, ownerToken: 'owner-2' });
    expect(await authenticate(deps, 'owner-1')).toBeNull();
    expect(await authenticate(deps, 'owner-2')).toMatchObject({ personId: deps.ownerId });
    expect(await authenticate(deps, 'runner-1')).not.toBeNull();
  });
});
