import { Profile } from '@quarterdeck/contract/profile';
import { expect, it } from 'vitest';
import { recogniseFailure } from '../acp/recognise-failure.ts';
import { authenticate, authMethodsOf } from './authenticate.ts';
import { testOrder } from './fixtures/start-test-host.ts';
import type { HostSpec } from './spec.ts';

const spec = {
  order: testOrder(),
  profile: Profile.parse({
    id: 'fake',
    name: 'Fake',
    initials: 'FA',
    command: 'fake',
    detect: { signIn: 'Run `fake login`.' },
  }),
} as HostSpec;

async function signIn(methods: unknown, fault?: Error) {
  const asked: unknown[] = [];
  const connection = {
    request: async (_: string, params: unknown) => {
      asked.push(params);
      if (fault) throw fault;
      return {};
    },
    notify: async () => undefined,
    closed: new Promise<null>(() => undefined),
    isOver: () => false,
    close: () => undefined,
  };
  const error = await authenticate({ connection, spec }, authMethodsOf(methods)).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { asked, error };
}

const KEY = { id: 'api-key', name: 'API key' };
const BROWSER = { id: 'oauth', name: 'Sign in with Acme' };
const TERMINAL = { id: 'api-key', name: 'API key', type: 'terminal' };

it.each([
  ['a key', [KEY, BROWSER], 'api-key'],
  ['a variable', [{ id: 'env', name: 'ACME', type: 'env_var' }, BROWSER], 'env'],
  ['a key it only marks as one', [{ id: 'p', name: 'Provider', _meta: { 'api-key': {} } }, BROWSER], 'p'],
])('authenticate: signs an agent in with %s, because nobody is needed for that', async (_, methods, id) => {
  const { asked, error } = await signIn(methods);
  expect(asked).toEqual([{ methodId: id }]);
  expect(error).toBeNull();
});

it.each([
  ['only a browser', [BROWSER], /Fake needs to be signed in. It offers: Sign in with Acme. Run `fake login`/],
  ['only a terminal', [TERMINAL], /API key/],
  ['two keys', [KEY, { id: 'other-key', name: 'Other key' }], /It offers: API key; Other key/],
  ['nothing that can be read', ['x', { name: 7 }], /Fake needs to be signed in. Run/],
])('authenticate: with %s it asks nothing and names the ways to a person', async (_, methods, said) => {
  const { asked, error } = await signIn(methods);
  expect(asked).toEqual([]);
  expect(error).toMatchObject({ message: expect.stringMatching(said) });
  expect(recogniseFailure(error, 'start_failed', 0).hint).toBe('sign_in_needed');
});

it('authenticate: a way that does not work is said with what the agent said', async () => {
  const { error } = await signIn([KEY, BROWSER], new Error('no key is set'));
  expect(error).toMatchObject({ message: expect.stringMatching(/API key did not work: no key is set/) });
});
