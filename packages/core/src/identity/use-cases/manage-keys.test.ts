import { codeOf, okValue } from '@quarterdeck/testkit/factories/open-test-board';
import { openTestStore, TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import type { Secrets } from '../ports.ts';
import { authenticate } from './authenticate.ts';
import { createKey, listKeys, revokeKey } from './manage-keys.ts';
import { signIn } from './sign-in.ts';

const secrets: Secrets = {
  make: (prefix) => `${prefix}_secret`,
  hash: (secret) => `hash of ${secret}`,
  runToken: (runId) => runId,
  runOf: () => null,
};

describe.each(TEST_DATABASES)('O1 a key of a machine on %s', (database) => {
  it('acts under its name with its role until it is revoked, and opens no session', async () => {
    await using store = await openTestStore(database);
    const deps = { ...store, secrets };
    const { key, secret } = okValue(await createKey(deps, { name: 'nightly', role: 'viewer' }));
    expect(await authenticate(deps, secret)).toMatchObject({
      kind: 'person',
      name: 'nightly',
      role: 'viewer',
    });
    expect(okValue(await listKeys(deps)).keys).toEqual([key]);
    expect((await signIn(deps, { token: secret })).ok).toBe(false);

    expect(codeOf(await revokeKey(deps, 'k_unknown'))).toBe('key_not_found');
    expect(okValue(await revokeKey(deps, key.id))).toEqual({ ok: true });
    expect(await authenticate(deps, secret)).toBeNull();
    expect(okValue(await listKeys(deps)).keys).toEqual([]);
  });
});
