// Composition root of the runner: builds its parts, ties them together, and lets go of them in order.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunnerQuery } from '@quarterdeck/contract/runner-protocol';
import { recallAgents, rememberAgents } from './agents/agent-memory.ts';
import { loadCatalogue } from './agents/load-catalogue.ts';
import { type AgentWatch, DETECT_EVERY_MS, watchAgents } from './agents/watch-agents.ts';
import { watchFolder } from './agents/watch-folder.ts';
import type { RunnerConfig } from './config.ts';
import { lockHome } from './home-lock.ts';
import type { Hello, ServerFrame } from './link/frames.ts';
import { type ServerLink, startServerLink } from './link/server-link.ts';
import { readServerToken } from './link/server-token.ts';
import type { ProgramFiles } from './program-files.ts';
import { answerQuery } from './queries/answer-query.ts';
import type { RunDeps } from './runs/live-run.ts';
import { createRunRegistry, type RunRegistry } from './runs/run-registry.ts';
import type { WriteLog } from './write-log.ts';

/** Longest time the first hello waits for the agents to be detected. */
const DETECT_PATIENCE_MS = 1_500;

export interface RunnerDeps {
  readonly config: RunnerConfig;
  readonly files: ProgramFiles;
  readonly version: string;
  readonly log: WriteLog;
}

export interface Runner {
  /** Looks again which agents can be used. */
  readonly refreshAgents: () => void;
  /** Leaves the server and the agents; the agents work on. */
  readonly stop: () => Promise<void>;
}

/** Longest pause of a supervised runner between two attempts, ms: its server is on this machine and comes back in a second. */
const LOCAL_PAUSE_MS = 250;

/** How long a supervised runner waits for its server without a word, ms. */
const QUIET_MS = 5_000;

/** Takes up the runs of an earlier runner and starts serving. Throws when another runner has the same folder. */
export async function startRunner(deps: RunnerDeps): Promise<Runner> {
  const { config, log } = deps;
  await mkdir(config.runnerHome, { recursive: true, mode: 0o700 });
  const unlock = await lockHome(config.runnerHome);
  // The link and what it carries need each other; nothing is sent before the link is there.
  let link: ServerLink | null = null;
  const outlet: RunDeps['link'] = {
    send: (frame) => link?.send(frame) ?? false,
    isCongested: () => link?.isCongested() ?? false,
  };
  const registry = createRunRegistry(runDeps(deps, outlet));
  const agents = watchMachine(deps, outlet);
  const folder = await watchFolder(join(config.home, 'profiles'), {
    onChange: () => void agents.refresh(),
    log,
  });
  await registry.adopt();
  link = connect(deps, { registry, agents, outlet });
  if (!config.isSupervised)
    log(`runner "${config.name}" serves ${config.serverUrl} with room for ${config.capacity} agents.`);
  return {
    refreshAgents: () => void agents.refresh(),
    stop: async () => {
      folder.stop();
      await Promise.all([agents.stop(), link?.stop()]);
      await registry.leave();
      await unlock();
    },
  };
}

function runDeps({ config, files, log }: RunnerDeps, link: RunDeps['link']): RunDeps {
  const { home, runnerHome, personHome, serverUrl } = config;
  const findProfile: RunDeps['findProfile'] = async (id) =>
    (await loadCatalogue({ home, files, log })).find((profile) => profile.id === id) ?? null;
  const readToken = () => readServerToken(config);
  return { home, runnerHome, personHome, serverUrl, readToken, files, link, findProfile, log };
}

function watchMachine({ config, files, log }: RunnerDeps, link: RunDeps['link']): AgentWatch {
  return watchAgents({
    loadProfiles: () => loadCatalogue({ home: config.home, files, log }),
    detect: async (profiles, signal) => {
      const { detectAgents } = await import('@quarterdeck/agent/detect/detect-agents');
      return detectAgents(profiles, { env: process.env, personHome: config.personHome, signal });
    },
    onChange: (agents) => void link.send({ type: 'agents', agents: [...agents] }),
    recall: () => recallAgents(config.runnerHome, DETECT_EVERY_MS),
    remember: (agents) => rememberAgents(config.runnerHome, agents),
    log,
  });
}

function connect(
  { config, version, log }: RunnerDeps,
  parts: { readonly registry: RunRegistry; readonly agents: AgentWatch; readonly outlet: RunDeps['link'] },
): ServerLink {
  const { registry, agents, outlet } = parts;
  const hello = async (): Promise<Hello> => ({
    type: 'hello',
    name: config.name,
    version,
    capacity: config.capacity,
    agents: [...(await agents.known(DETECT_PATIENCE_MS))],
    runs: registry.runIds(),
  });
  const reply = async (queryId: string, query: RunnerQuery): Promise<void> => {
    outlet.send({
      type: 'reply',
      queryId,
      ...(await answerQuery({ ...config, isInUse: registry.isInUse }, query)),
    });
  };
  const onFrame = (frame: ServerFrame): void => {
    if (frame.type === 'query') void reply(frame.queryId, frame.query);
    else registry.onFrame(frame);
  };
  return startServerLink(
    {
      serverUrl: config.serverUrl,
      readToken: () => readServerToken(config),
      log,
      quietMs: config.isSupervised ? QUIET_MS : 0,
      ...(config.isSupervised ? { longestPauseMs: LOCAL_PAUSE_MS } : {}),
    },
    {
      hello,
      onWelcome: registry.onWelcome,
      onFrame,
      onDrain: registry.onDrain,
      onDown: registry.onDown,
      liveRuns: registry.runIds,
    },
  );
}
