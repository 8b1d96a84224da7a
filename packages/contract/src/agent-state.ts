import type { DetectedAgent } from './profile.ts';

/** What is known of an agent on a machine, worst first. Only a run that was handed in proves that a sign-in works. */
export const AGENT_STATES = [
  'not_installed',
  'needs_sign_in',
  'login_expired',
  'has_login',
  'ready',
] as const;
export type AgentState = (typeof AGENT_STATES)[number];

export const AGENT_STATE_WORD: Readonly<Record<AgentState, string>> = {
  not_installed: 'not installed',
  needs_sign_in: 'needs sign-in',
  login_expired: 'login expired',
  has_login: 'has a login',
  ready: 'ready',
};

/** The state of an agent; `provenAt` is when it last handed something in, null when it has not for long. */
export function agentState(
  { isInstalled, isSignedIn, login }: Pick<DetectedAgent, 'isInstalled' | 'isSignedIn' | 'login'>,
  provenAt: number | null,
): AgentState {
  if (!isInstalled) return 'not_installed';
  if (!isSignedIn) return login === 'expired' ? 'login_expired' : 'needs_sign_in';
  return login === 'unneeded' || provenAt !== null ? 'ready' : 'has_login';
}
