/** Why no session could be opened; `message` is for a person. */
export class SessionError extends Error {
  override readonly name: string = 'SessionError';
}

/** The agent wants a sign-in that only a person can do. The code is ACP's, so that it is recognised like the agent's own word. */
export class SignInNeeded extends SessionError {
  override readonly name = 'SignInNeeded';
  readonly code = -32_000;
}
