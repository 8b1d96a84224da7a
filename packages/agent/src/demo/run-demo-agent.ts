/** Speaks ACP on this process's stdin and stdout until the input ends. */
export async function runDemoAgent(_env: NodeJS.ProcessEnv): Promise<void> {
  throw new Error('being written');
}
