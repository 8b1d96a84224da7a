import type { ProfileInput } from '@quarterdeck/contract/profile';

/** Where the demo agent's program lies and which node runs it. */
export interface DemoLaunch {
  /** Path of the demo agent's program. */
  readonly demoAgentEntry: string;
  /** The node that runs it; usually `process.execPath`. */
  readonly nodePath: string;
}

/** Our own scripted agent, so that everything can be seen working without an account, a key or a model. */
export function demoProfile({ demoAgentEntry, nodePath }: DemoLaunch) {
  return {
    id: 'demo',
    name: 'Demo',
    initials: 'DE',
    description:
      'Follows a script to show how Quarterdeck works. Its edits and commands are real; no model is involved.',
    command: nodePath,
    args: [demoAgentEntry],
    passEnv: ['QUARTERDECK_DEMO_SPEED'],
    requests: { toolNames: [{ field: 'title', form: '<server>_<tool>' }] },
    // It is as old as Quarterdeck; asking would give the version of node.
    detect: { versionArgs: [] },
    maxConcurrentRuns: 2,
    maxRuntimeMs: 10 * 60_000,
  } satisfies ProfileInput;
}
