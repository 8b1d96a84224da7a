import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { RunId, TaskId } from '@quarterdeck/contract/ids';
import type { FromRunner } from '@quarterdeck/contract/runner-protocol';
import { NO_USAGE } from '@quarterdeck/contract/usage';
import { expect, it } from 'vitest';
import { makeTemp } from '../testing/make-temp.ts';
import { agentHomeOf, boundHomes, forgetHomesOf, openAgentHome, settleAgentHome } from './agent-homes.ts';
import { createHomeKeeper } from './home-keeper.ts';
import { runFolder } from './run-folder.ts';

const taskId = TaskId.parse('t_0001');
const resume = { agentSessionId: 'ses_1', prompt: 'Go on.', spent: NO_USAGE };

function attempt(id: string, more: { profile?: string; purpose?: 'work' | 'review' } = {}) {
  return { taskId, runId: RunId.parse(id), profile: 'codex', purpose: 'work' as const, ...more };
}

/** The run folder of an attempt whose agent opened sessions. */
async function runWith(root: string, id: string, sessions: readonly boolean[]) {
  const folder = runFolder(root, RunId.parse(id));
  await mkdir(folder.path, { recursive: true });
  const lines = sessions.map((canResume, at) => {
    const entry = { kind: 'session', agentSessionId: `ses_${at}`, canResume, isResumed: false };
    return JSON.stringify({ seq: at + 1, at: 1, entry });
  });
  await writeFile(join(folder.path, 'journal.jsonl'), `${lines.join('\n')}\n`);
  return folder;
}

/** One attempt from launch to settling, whose agent writes down where it is at home. */
async function work(
  root: string,
  id: string,
  { goesOn = false, canResume = true }: { readonly goesOn?: boolean; readonly canResume?: boolean },
) {
  const order = { ...attempt(id), resume: goesOn ? resume : null };
  const home = await openAgentHome(root, order);
  const before = await readFile(join(home, 'session'), 'utf8').catch(() => null);
  await mkdir(join(home, '.cache'), { recursive: true });
  await writeFile(join(home, 'session'), join(home, 'rollout'));
  await settleAgentHome(root, order, await runWith(root, id, [canResume]));
  return { home, before };
}

it('A4: every attempt finds its home at the same path, as the one before left it, but for its cache', async () => {
  await using temp = await makeTemp();
  const first = await work(temp.path, 'r_0001', {});
  const second = await work(temp.path, 'r_0002', { goesOn: true });
  expect(second).toEqual({ home: first.home, before: join(first.home, 'rollout') });
  expect(existsSync(join(first.home, '.cache'))).toBe(false);
});

it('S9: nothing of a run is found from the home of its agent', () => {
  const { path } = runFolder('/q/runner', RunId.parse('r_0001'));
  expect(agentHomeOf('/q/runner', attempt('r_0001')).startsWith(join(path, '..'))).toBe(false);
});

it('A4: an attempt that begins a session anew, another agent and a reviewer find no home of before', async () => {
  await using temp = await makeTemp();
  const first = await work(temp.path, 'r_0001', {});
  const others = [attempt('r_0002', { profile: 'gemini' }), attempt('r_0003', { purpose: 'review' })];
  for (const other of others) {
    const home = await openAgentHome(temp.path, { ...other, resume: null });
    expect(home).not.toBe(first.home);
    expect(existsSync(home)).toBe(false);
  }
  expect(existsSync(first.home)).toBe(true);
  expect((await work(temp.path, 'r_0004', {})).before).toBeNull();
});

it('A4: keeps nothing of a reviewer, and of an agent whose last session cannot be gone on with', async () => {
  await using temp = await makeTemp();
  expect(existsSync((await work(temp.path, 'r_0001', { canResume: false })).home)).toBe(false);
  const review = { ...attempt('r_0002', { purpose: 'review' }), resume: null };
  const home = await openAgentHome(temp.path, review);
  await mkdir(home);
  await settleAgentHome(temp.path, review, await runWith(temp.path, 'r_0002', [true]));
  expect(existsSync(home)).toBe(false);
  const order = { ...attempt('r_0003'), resume: null };
  await mkdir(await openAgentHome(temp.path, order));
  await settleAgentHome(temp.path, order, await runWith(temp.path, 'r_0003', [true, false]));
  expect(await readdir(join(temp.path, 'homes'))).toEqual([]);
});

it('A4: takes over the homes and the running runs of the previous build', async () => {
  await using temp = await makeTemp();
  await mkdir(join(temp.path, 'homes', taskId), { recursive: true });
  await writeFile(join(temp.path, 'homes', taskId, 'session'), 'of before');
  const order = { ...attempt('r_0001'), resume };
  expect(await readFile(join(await openAgentHome(temp.path, order), 'session'), 'utf8')).toBe('of before');
  await forgetHomesOf(temp.path, taskId);
  const folder = await runWith(temp.path, 'r_0002', [true]);
  await mkdir(join(folder.path, 'home'));
  await writeFile(join(folder.path, 'home', 'session'), 'of a running one');
  await settleAgentHome(temp.path, attempt('r_0002'), folder);
  const home = await openAgentHome(temp.path, { ...attempt('r_0003'), resume });
  expect(await readFile(join(home, 'session'), 'utf8')).toBe('of a running one');
});

it('A4: never deletes the home of a task that waits, and of resting ones the oldest', async () => {
  await using temp = await makeTemp();
  const day = 24 * 60 * 60;
  const now = Date.now() / 1000;
  const ages = { t_wait: 400, t_new1: 1, t_new2: 2, t_many: 3, t_aged: 31 };
  for (const [id, days] of Object.entries(ages)) {
    const home = join(temp.path, 'homes', `${id}.codex`);
    await mkdir(home, { recursive: true });
    await utimes(home, now - days * day, now - days * day);
  }
  const resting = new Set(['t_new1', 't_new2', 't_many', 't_aged'].map((id) => TaskId.parse(id)));
  await boundHomes(temp.path, resting, { keep: 4, longestMs: 30 * day * 1000 });
  expect((await readdir(join(temp.path, 'homes'))).sort()).toEqual([
    't_many.codex',
    't_new1.codex',
    't_new2.codex',
    't_wait.codex',
  ]);
  await boundHomes(temp.path, resting, { keep: 2, longestMs: 30 * day * 1000 });
  expect((await readdir(join(temp.path, 'homes'))).map((name) => basename(name, '.codex')).sort()).toEqual([
    't_new1',
    't_new2',
    't_wait',
  ]);
});

it('A4: asks the server which tasks rest, and leaves those alone that are worked on again', async () => {
  await using temp = await makeTemp();
  for (const id of ['t_done', 't_busy'])
    await mkdir(join(temp.path, 'homes', `${id}.codex`), { recursive: true });
  for (const id of ['t_done', 't_busy']) await utimes(join(temp.path, 'homes', `${id}.codex`), 1, 1);
  const sent: FromRunner[] = [];
  const link = { send: (frame: FromRunner) => sent.push(frame) > 0, isCongested: () => false };
  const keeper = createHomeKeeper({ runnerHome: temp.path, link }, (id) => id === 't_busy');
  await keeper.ask();
  await keeper.ask();
  expect(sent).toEqual([{ type: 'homes', tasks: expect.arrayContaining(['t_done', 't_busy']) }]);
  await keeper.onAnswer([TaskId.parse('t_done'), TaskId.parse('t_busy')]);
  expect(await readdir(join(temp.path, 'homes'))).toEqual(['t_busy.codex']);
});

it('S8: a home that an agent has made a link of leads nobody out', async () => {
  await using temp = await makeTemp();
  const outside = join(temp.path, 'outside');
  await mkdir(join(outside, '.cache'), { recursive: true });
  await mkdir(join(temp.path, 'homes'));
  await symlink(outside, agentHomeOf(temp.path, attempt('r_0001')));
  await settleAgentHome(temp.path, attempt('r_0001'), await runWith(temp.path, 'r_0001', [true]));
  expect(await readdir(outside)).toEqual(['.cache']);
});
