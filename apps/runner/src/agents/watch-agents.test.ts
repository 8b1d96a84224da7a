import { type DetectedAgent, Profile } from '@quarterdeck/contract/profile';
import { expect, it } from 'vitest';
import { watchAgents } from './watch-agents.ts';

const PROFILES = ['demo', 'slow'].map((id) => Profile.parse({ id, name: id, initials: 'X', command: id }));

function found({ id, name, initials }: Profile, version: string): DetectedAgent {
  return {
    profile: id,
    name,
    initials,
    description: '',
    isInstalled: true,
    isSignedIn: true,
    login: 'present' as const,
    version,
    remedy: null,
    warnings: [],
    maxConcurrentRuns: 2,
    maxRuntimeMs: 1000,
  };
}

function setUp() {
  const gate = { opened: Promise.withResolvers<void>(), version: '1' };
  const changes: string[][] = [];
  const watch = watchAgents({
    loadProfiles: async () => PROFILES,
    detect: async (profiles) => {
      if (profiles.some(({ id }) => id === 'slow')) await gate.opened.promise;
      return profiles.map((profile) => found(profile, gate.version));
    },
    onChange: (agents) => changes.push(agents.map(({ profile, version }) => `${profile} ${version}`)),
    recall: async () => null,
    remember: async () => undefined,
    log: () => undefined,
  });
  return { gate, changes, watch };
}

it('knows the demo while the others are still looked for, and tells the rest when it is found', async () => {
  const { gate, changes, watch } = setUp();
  expect((await watch.known(20)).map(({ profile }) => profile)).toEqual(['demo']);
  expect(changes).toEqual([]);
  gate.opened.resolve();
  expect((await watch.known(5_000)).map(({ profile }) => profile)).toEqual(['demo', 'slow']);
  expect(changes).toEqual([['demo 1', 'slow 1']]);
  await watch.stop();
});

it('knows at once what an earlier runner found, and tells what has changed since', async () => {
  const gate = Promise.withResolvers<void>();
  const remembered: string[][] = [];
  const changes: string[][] = [];
  const tell = (agents: readonly DetectedAgent[]) =>
    agents.map(({ profile, version }) => `${profile} ${version}`);
  const watch = watchAgents({
    loadProfiles: async () => PROFILES,
    detect: async (profiles) => {
      await gate.promise;
      return profiles.map((profile) => found(profile, '2'));
    },
    onChange: (agents) => changes.push(tell(agents)),
    recall: async () => PROFILES.map((profile) => found(profile, '1')),
    remember: async (agents) => void remembered.push(tell(agents)),
    log: () => undefined,
  });
  expect(tell(await watch.known(60_000))).toEqual(['demo 1', 'slow 1']);
  gate.resolve();
  await watch.refresh();
  expect(changes).toEqual([['demo 2', 'slow 2']]);
  expect(remembered[0]).toEqual(changes[0]);
  await watch.stop();
});

it('stops looking when it is stopped, and tells nothing more', async () => {
  const changes: unknown[] = [];
  const stopped = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const watch = watchAgents({
    loadProfiles: async () => PROFILES,
    detect: async (profiles, signal) => {
      signal.addEventListener('abort', () => stopped.resolve());
      if (profiles.length > 1) asked.resolve();
      if (profiles.length > 1) await stopped.promise;
      return profiles.map((profile) => found(profile, '1'));
    },
    onChange: (agents) => changes.push(agents),
    recall: async () => null,
    remember: async () => undefined,
    log: () => undefined,
  });
  await asked.promise;
  await watch.stop();
  expect(changes).toEqual([]);
});

it('tells only what changed when it looks again', async () => {
  const { gate, changes, watch } = setUp();
  gate.opened.resolve();
  await watch.known(5_000);
  await watch.refresh();
  expect(changes).toHaveLength(1);
  gate.version = '2';
  await watch.refresh();
  expect(changes.at(-1)).toEqual(['demo 2', 'slow 2']);
  await watch.stop();
});

it('A14: looks once more when a profile changes while it looks', async () => {
  const gate = Promise.withResolvers<void>();
  const changes: string[][] = [];
  let profiles = PROFILES;
  let looks = 0;
  const watch = watchAgents({
    loadProfiles: async () => profiles,
    detect: async (wanted) => {
      looks += 1;
      if (wanted.length > 1) await gate.promise;
      return wanted.map((profile) => found(profile, '1'));
    },
    onChange: (agents) => changes.push(agents.map(({ profile }) => profile)),
    recall: async () => null,
    remember: async () => undefined,
    log: () => undefined,
  });
  await expect.poll(() => looks).toBe(2);
  profiles = [...PROFILES, Profile.parse({ id: 'new', name: 'new', initials: 'N', command: 'new' })];
  const [again, more] = [watch.refresh(), watch.refresh()];
  gate.resolve();
  await Promise.all([again, more]);
  expect(changes.at(-1)).toEqual(['demo', 'slow', 'new']);
  expect(looks).toBe(3);
  await watch.stop();
});
