import type { ProjectAdd, ProjectPatch } from '@quarterdeck/contract/project';
import { codeOf, okValue } from '@quarterdeck/testkit/factories/open-test-board';
import { openTestStore, TEST_DATABASES, type TestDatabase } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import type { FolderProbe } from '../ports.ts';
import { addProject } from './add-project.ts';
import { updateProject } from './update-project.ts';

/** A machine with one repository, under two names, and one folder. */
const folders: FolderProbe = {
  async inspect(path, baseBranch) {
    const known = { unreadable: null, personHome: '/home/ada', ownHome: '/home/ada/.quarterdeck' };
    if (path === '/srv/notes' || path === '/home/ada') return { path, ...known, git: { state: 'none' } };
    if (path !== '/srv/repo' && path !== '/srv/link') return null;
    const branch = baseBranch ?? 'main';
    const base = { branch, found: branch === 'main' ? ('local' as const) : ('none' as const) };
    return { path: '/srv/repo', ...known, git: { state: 'repository', ...REPOSITORY, base } };
  },
};
const REPOSITORY = {
  top: '/srv/repo',
  checkedOut: 'main',
  branches: ['main'],
  superproject: null,
  linkedTo: null,
  isShallow: true,
  missingFiles: 0,
  atPath: 'nothing',
  isIgnored: false,
} as const;
const openPlanning = async (database: TestDatabase) => ({ ...(await openTestStore(database)), folders });
type Deps = Awaited<ReturnType<typeof openPlanning>>;
const add = (deps: Deps, project: ProjectAdd) => addProject(deps, { project, actor: 'ada' });

/** The same fields with values that are neither the first nor the second. */
const thirdValues = (patch: ProjectPatch): ProjectPatch =>
  Object.fromEntries(
    Object.keys(patch).map((key) => [
      key,
      key === 'maxConcurrentRuns' ? 9 : key === 'budget' ? { limitMicros: 9, period: 'month' } : 'third',
    ]),
  );

describe.each(TEST_DATABASES)('adding a project on %s', (database) => {
  it('takes what the folder says, and adds a folder once, whatever it is called and however many try', async () => {
    await using deps = await openPlanning(database);
    const other = { ...deps, db: await deps.openServer() };
    const tries = await Promise.all([
      add(deps, { path: '/srv/repo' }),
      add(other, { path: '/srv/link' }),
      add(deps, { path: '/srv/link' }),
    ]);
    expect(tries.map(codeOf).toSorted()).toEqual(['project_exists', 'project_exists', null].toSorted());
    const added = tries.find((it) => it.ok);
    expect(added && okValue(added)).toMatchObject({
      project: { name: 'repo', kind: 'git', baseBranch: 'main', path: '/srv/repo', subfolder: null },
      notes: [expect.stringContaining('shallow')],
    });
    expect(deps.events.map((event) => event.kind)).toEqual(['project.added']);
  });
});

describe('a project', () => {
  it.each([
    ['srv/repo', 'workspace_path_not_absolute'],
    ['/srv/none', 'project_path_missing'],
    ['/home/ada', 'project_path_unfit'],
  ])('at %s is refused as %s', async (path, code) => {
    await using deps = await openPlanning('sqlite');
    expect(codeOf(await add(deps, { path }))).toBe(code);
  });

  it('keeps the settings it was given, and changes them', async () => {
    await using deps = await openPlanning('sqlite');
    const added = await add(deps, { path: '/srv/notes', name: 'Notes', maxConcurrentRuns: 2 });
    const { id } = okValue(added).project;
    const patch = { maxConcurrentRuns: null, setupCommand: 'make' };
    const changed = okValue(await updateProject(deps, { projectId: id, patch, actor: 'ada' }));
    expect(changed).toMatchObject({ name: 'Notes', kind: 'folder', baseBranch: null, ...patch });
    expect(await deps.db.read((ports) => ports.projects.find(id))).toEqual(changed);
    const unknown = await updateProject(deps, { projectId: 'p_gone', patch, actor: 'ada' });
    expect(codeOf(unknown)).toBe('project_not_found');
  });

  it('W4: is not changed over what its writer did not see, field by field', async () => {
    await using deps = await openPlanning('sqlite');
    const { id } = okValue(
      await add(deps, { path: '/srv/notes', name: 'Notes', maxConcurrentRuns: 2 }),
    ).project;
    const set = (patch: ProjectPatch) => updateProject(deps, { projectId: id, patch, actor: 'ada' });
    const budget = { limitMicros: 5, period: 'day' } as const;
    const pairs: readonly [ProjectPatch, ProjectPatch][] = [
      [{ name: 'One' }, { name: 'Notes' }],
      [{ defaultProfile: 'alpha' }, { defaultProfile: null }],
      [{ baseBranch: 'one' }, { baseBranch: null }],
      [{ setupCommand: 'one' }, { setupCommand: null }],
      [{ maxConcurrentRuns: null }, { maxConcurrentRuns: 2 }],
      [{ budget }, { budget: null }],
      [{ workspaceKind: 'dir' }, { workspaceKind: null }],
    ];
    for (const [patch, seen] of pairs) {
      okValue(await set({ ...patch, seen }));
      okValue(await set({ ...patch, seen }));
      const late = await set({ ...thirdValues(patch), seen });
      expect([codeOf(late), late.ok ? null : late.refusal.message]).toEqual([
        'changed_meanwhile',
        expect.stringContaining('somebody changed'),
      ]);
    }
    const after = await deps.db.read((ports) => ports.projects.find(id));
    expect(after).toMatchObject(Object.assign({}, ...pairs.map(([patch]) => patch)));
    expect(after).not.toHaveProperty('seen');
    expect(codeOf(await set({ name: 'Other', seen: { budget: null } }))).toBe('invalid_input');
  });

  it('has a base branch that is there, and work in a place that its kind has', async () => {
    await using deps = await openPlanning('sqlite');
    expect(codeOf(await add(deps, { path: '/srv/repo', baseBranch: 'trunk' }))).toBe('project_path_unfit');
    const { id } = okValue(await add(deps, { path: '/srv/repo' })).project;
    const set = (patch: ProjectPatch) => updateProject(deps, { projectId: id, patch, actor: 'ada' });
    expect(codeOf(await set({ baseBranch: 'trunk' }))).toBe('project_path_unfit');
    expect(codeOf(await set({ baseBranch: null }))).toBeNull();
    expect(codeOf(await set({ workspaceKind: 'dir' }))).toBeNull();
    const plain = await add(deps, { path: '/srv/notes', workspaceKind: 'worktree' });
    expect(codeOf(plain)).toBe('workspace_kind_unfit');
  });
});
