import { expect, it } from 'vitest';
import { agentState } from './agent-state.ts';

it.each([
  ['not installed', { isInstalled: false, isSignedIn: true, login: 'present' }, 5, 'not_installed'],
  ['without a sign-in', { isInstalled: true, isSignedIn: false, login: 'missing' }, null, 'needs_sign_in'],
  [
    'without a sign-in, though it once worked',
    { isInstalled: true, isSignedIn: false, login: 'missing' },
    5,
    'needs_sign_in',
  ],
  ['with an expired login', { isInstalled: true, isSignedIn: false, login: 'expired' }, 5, 'login_expired'],
  [
    'with a login nobody has tried',
    { isInstalled: true, isSignedIn: true, login: 'present' },
    null,
    'has_login',
  ],
  ['with a login that worked', { isInstalled: true, isSignedIn: true, login: 'present' }, 5, 'ready'],
  ['that needs no login', { isInstalled: true, isSignedIn: true, login: 'unneeded' }, null, 'ready'],
] as const)('A18: an agent %s is called so', (_, agent, provenAt, state) => {
  expect(agentState(agent, provenAt)).toBe(state);
});
