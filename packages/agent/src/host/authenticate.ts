import { z } from 'zod';
import type { AgentConnection } from '../acp/agent-connection.ts';
import { AGENT_METHOD } from '../acp/agent-connection.ts';
import { inTime } from './in-time.ts';
import { SignInNeeded } from './session-error.ts';
import type { HostSpec } from './spec.ts';

const AUTHENTICATE_MS = 60_000;

const Method = z.object({
  id: z.string(),
  name: z.string().catch(''),
  type: z.string().nullish().catch(null),
  _meta: z.record(z.string(), z.unknown()).nullish().catch(null),
});
export type AuthMethod = z.infer<typeof Method>;

/** The ways of signing in an agent names; those it does not name properly are left out. */
export function authMethodsOf(value: unknown): readonly AuthMethod[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((candidate) => Method.safeParse(candidate).data ?? []);
}

/** Whether an agent's error means that it has to be authenticated first. */
export function wantsSignIn(error: unknown): boolean {
  return typeof error === 'object' && error !== null && Reflect.get(error, 'code') === -32_000;
}

/** A key that is already there needs nobody; a browser, a device code or a terminal needs a person. */
function needsNobody({ id, name, type, _meta }: AuthMethod): boolean {
  if (type === 'terminal' || _meta?.['terminal-auth'] !== undefined) return false;
  return type === 'env_var' || _meta?.['api-key'] !== undefined || /api.?key|\bkey\b/i.test(`${id} ${name}`);
}

/**
 * Signs the agent in where exactly one of its ways needs no person. Throws, naming all of them, when there is none or more than one,
 * or when it does not work.
 */
export async function authenticate(
  { connection, spec }: { readonly connection: AgentConnection; readonly spec: HostSpec },
  methods: readonly AuthMethod[],
): Promise<void> {
  const [only, ...others] = methods.filter(needsNobody);
  if (only === undefined || others.length > 0) throw new SignInNeeded(advice(spec, methods));
  try {
    await inTime(
      connection.request(AGENT_METHOD.authenticate, { methodId: only.id }),
      AUTHENTICATE_MS,
      'sign in',
    );
  } catch (error) {
    if (connection.isOver()) throw error;
    const said = error instanceof Error ? error.message : String(error);
    throw new SignInNeeded(`${advice(spec, methods)} ${only.name || only.id} did not work: ${said}`, {
      cause: error,
    });
  }
}

function advice({ profile }: HostSpec, methods: readonly AuthMethod[]): string {
  const ways = methods.map(({ id, name }) => name || id).join('; ');
  const offered = ways === '' ? '' : ` It offers: ${ways}.`;
  return `${profile.name} needs to be signed in.${offered} ${profile.detect.signIn || 'Sign in with its own program, then try again.'}`;
}
