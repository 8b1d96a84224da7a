import { globSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { Scenario } from '@quarterdeck/testkit/model-server/scenario';
import { type ModelServer, startModelServer } from '@quarterdeck/testkit/model-server/start-model-server';
import { type Program, startProgram } from '../../src/program/start-program.ts';
import { waitUntil } from '../../src/program/wait-until.ts';
import type { AgentUnderTest } from '../agents/agent-under-test.ts';
import type { FolderOf } from './scenario-words.ts';

/** The built program with a person's home, every agent on the PATH, and the scripted model service they all ask. */
export interface Stage extends AsyncDisposable {
  readonly program: Program;
  readonly models: ModelServer;
  /** A folder of the person's, for their repositories. */
  readonly personHome: string;
}

interface StageOptions {
  readonly agents: readonly AgentUnderTest[];
  readonly binFolders: readonly string[];
  /** Where everything is made that a run writes. */
  readonly parent: string;
  /** Every scenario there is; `folderOf` is asked while they play. */
  readonly scenarios: (folderOf: FolderOf) => Readonly<Record<string, Scenario>>;
}

/** Starts everything the checks need, once for all agents. */
export async function openStage({ agents, binFolders, parent, scenarios }: StageOptions): Promise<Stage> {
  const found: { home?: string } = {};
  const folderOf: FolderOf = (taskId) => {
    const [folder = ''] = globSync(`${found.home}/workspaces/*/${taskId}`);
    return folder;
  };
  const models = await startModelServer({ scenarios: scenarios(folderOf) });
  const personHome = await mkdtemp(join(parent, 'person-'));
  const temporary = join(parent, 'tmp');
  await mkdir(temporary);
  const setups = agents.map((agent) => agent.person(models.url));
  const files = Object.assign({ '.gitconfig': GIT_CONFIG }, ...setups.map((setup) => setup.files ?? {}));
  await writeFiles(personHome, files);
  const env = {
    HOME: personHome,
    // Codex makes no sandbox in a home below the temporary folder, where the cache may lie.
    TMPDIR: temporary,
    PATH: [...binFolders, process.env.PATH ?? ''].join(delimiter),
    ...Object.assign({}, ...setups.map((setup) => setup.env ?? {})),
  };
  const program = await startProgram({ args: ['--no-demo'], env, parent });
  found.home = program.home;
  await waitForAgents(program, agents);
  return {
    program,
    models,
    personHome,
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      await models.stop();
      await rm(personHome, { recursive: true, force: true });
    },
  };
}

const GIT_CONFIG = '[user]\n\tname = Ada Example\n\temail = ada@example.org\n';

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

/** The program is ready before it has asked every agent for its version, and what is asked of it then is slower. */
async function waitForAgents({ client }: Program, agents: readonly AgentUnderTest[]): Promise<void> {
  const found = { last: '' };
  await waitUntil(
    'every agent to be found and signed in',
    async () => {
      const fleet = await client.call('agent.list');
      const known = fleet.ok ? fleet.value.agents : [];
      found.last = JSON.stringify(
        known.map(({ profile, isInstalled, isSignedIn }) => ({ profile, isInstalled, isSignedIn })),
      );
      return agents.every(({ id }) =>
        known.some((it) => it.profile === id && it.isInstalled && it.isSignedIn),
      );
    },
    { timeoutMs: 60_000, everyMs: 250, explain: () => found.last },
  );
}
