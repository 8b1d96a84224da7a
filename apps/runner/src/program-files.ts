import { fileURLToPath } from 'node:url';

export interface ProgramFiles {
  readonly hostEntry: string;
  readonly demoAgentEntry: string;
}

/** The sibling programs of the runner: TypeScript beside `main.ts`, bundles beside `runner.mjs`. */
export function programFiles(mainUrl: string): ProgramFiles {
  const extension = mainUrl.endsWith('.ts') ? 'ts' : 'mjs';
  const sibling = (name: string): string => fileURLToPath(new URL(`${name}.${extension}`, mainUrl));
  return { hostEntry: sibling('agent-host'), demoAgentEntry: sibling('demo-agent') };
}
