import type { Failure } from '../acp/recognise-failure.ts';

/** Why no session could be opened; `message` is for a person. */
export class SessionError extends Error {
  override readonly name: string = 'SessionError';
}

/** The agent wants a sign-in that only a person can do. The code is ACP's, so that it is recognised like the agent's own word. */
export class SignInNeeded extends SessionError {
  override readonly name = 'SignInNeeded';
  readonly code = -32_000;
}

/** The agent does not have the model or effort a run was told to work with; the message names what it has. */
export class ModelRefused extends SessionError {
  override readonly name = 'ModelRefused';
}

/** A refusal of the model as the run's failure: its message is for people already. Null for every other error. */
export function modelFailure(error: unknown): Failure | null {
  return error instanceof ModelRefused
    ? { hint: 'model_refused', message: error.message, resetAt: null }
    : null;
}
