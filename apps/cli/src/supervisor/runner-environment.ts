type Env = Readonly<Record<string, string | undefined>>;

// Of our own variables those that a runner, or an agent below it, reads. The others are the server's and the owner's: everything that a
// runner starts could read them.
const FOR_RUNNERS = /^QUARTERDECK_(HOME|SERVER_URL|RUNNER_[A-Z]+|SUPERVISED|RESTART|RUN|TASK|DEMO_SPEED)$/;

/** What a runner gets of a person's environment. Without `hasOwnToken` it reads its token from the file the server wrote for it. */
export function runnerEnvironment(env: Env, { hasOwnToken }: { readonly hasOwnToken: boolean }): Env {
  const isFor = (name: string): boolean =>
    !name.startsWith('QUARTERDECK_') ||
    (FOR_RUNNERS.test(name) && (hasOwnToken || name !== 'QUARTERDECK_RUNNER_TOKEN'));
  return Object.fromEntries(Object.entries(env).filter(([name]) => isFor(name)));
}
