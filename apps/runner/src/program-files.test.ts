import { expect, it } from 'vitest';
import { programFiles } from './program-files.ts';

it('finds the sources beside the source and the bundles beside the bundle', () => {
  expect(programFiles('file:///src/a%20b/main.ts')).toEqual({
    hostEntry: '/src/a b/agent-host.ts',
    demoAgentEntry: '/src/a b/demo-agent.ts',
  });
  expect(programFiles('file:///dist/runner.mjs').hostEntry).toBe('/dist/agent-host.mjs');
});
