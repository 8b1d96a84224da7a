// Agents may be given these, or are told apart by them. A runner's other variables are its own, and may hold its token.
const KEPT: readonly string[] = ['QUARTERDECK_DEMO_SPEED', 'QUARTERDECK_RUN', 'QUARTERDECK_TASK'];

/** Takes Quarterdeck's variables out of an environment, so that nothing that is started from here inherits them. */
export function forgetOwnVariables(env: Record<string, string | undefined>): void {
  for (const name of Object.keys(env))
    if (name.startsWith('QUARTERDECK_') && !KEPT.includes(name)) delete env[name];
}
