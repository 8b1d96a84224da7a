import { describe, expect, it } from 'vitest';
import type { FolderFacts, GitFacts, RepositoryFacts } from './folder-facts.ts';
import { judgeFolder } from './judge-folder.ts';

const REPOSITORY: { readonly state: 'repository' } & RepositoryFacts = {
  state: 'repository',
  top: '/srv/shop',
  checkedOut: 'main',
  branches: ['main'],
  base: { branch: 'main', found: 'local' },
  superproject: null,
  linkedTo: null,
  isShallow: false,
  missingFiles: 0,
  atPath: 'nothing',
  isIgnored: false,
};

function facts(git: GitFacts, fields: Partial<FolderFacts> = {}): FolderFacts {
  const home = { personHome: '/home/ada', ownHome: '/home/ada/.quarterdeck' };
  return { path: '/srv/shop', unreadable: null, ...home, git, ...fields };
}
const repository = (fields: Partial<RepositoryFacts>): GitFacts => ({ ...REPOSITORY, ...fields });
const noteOf = (git: GitFacts, path = '/srv/shop') => {
  const verdict = judgeFolder(facts(git, { path }));
  return verdict.isFit ? verdict.notes.join(' ') : verdict.reason;
};

describe('what a folder becomes', () => {
  it.each<[string, FolderFacts, object]>([
    [
      'the top of a repository',
      facts(REPOSITORY),
      { kind: 'git', subfolder: null, branch: 'main', notes: [] },
    ],
    [
      'A13, F04: a folder of a repository',
      facts(repository({ atPath: 'folder' }), { path: '/srv/shop/pkg/a ü' }),
      { kind: 'git', subfolder: 'pkg/a ü', notes: [expect.stringContaining('start in pkg/a ü')] },
    ],
    [
      'A13, F04: a bare repository',
      facts(repository({ top: null }), { path: '/srv/shop.git' }),
      { kind: 'git', subfolder: null, notes: [expect.stringContaining('bare repository')] },
    ],
    ['a folder without git', facts({ state: 'none' }), { kind: 'folder', branch: null, notes: [] }],
    [
      'a folder that the repository above ignores',
      facts(repository({ isIgnored: true }), { path: '/srv/shop/notes' }),
      { kind: 'folder', notes: [expect.stringContaining('which ignores it')] },
    ],
    [
      'a folder of which nothing is committed',
      facts(REPOSITORY, { path: '/srv/shop/new' }),
      { kind: 'folder', notes: [expect.stringContaining('no commit of it on main')] },
    ],
    [
      'a plain folder in a repository that has no commit',
      facts(repository({ isIgnored: true, branches: [], base: { branch: 'main', found: 'none' } }), {
        path: '/srv/shop/notes',
      }),
      { kind: 'folder' },
    ],
  ])('%s', (_name, given, expected) => {
    expect(judgeFolder(given)).toMatchObject({ isFit: true, path: given.path, ...expected });
  });

  it.each<[string, GitFacts, string]>([
    ['a submodule', repository({ superproject: '/srv/all' }), 'submodule of /srv/all'],
    ['a linked worktree', repository({ linkedTo: '/srv/main' }), 'linked worktree of /srv/main'],
    ['a detached head', repository({ base: { branch: null, found: 'detached' } }), 'set a base branch'],
    [
      'a branch that only the remote has',
      repository({ base: { branch: 'next', found: 'remote' } }),
      'git -C /srv/shop branch next origin/next',
    ],
    ['a shallow clone', repository({ isShallow: true }), 'shallow'],
  ])('%s is taken with a note', (_name, git, note) => {
    expect(judgeFolder(facts(git)).isFit).toBe(true);
    expect(noteOf(git)).toContain(note);
  });
});

it('takes a folder that a person keeps in Quarterdeck’s home', () => {
  const path = '/home/ada/.quarterdeck/mine';
  expect(judgeFolder(facts({ state: 'none' }, { path }))).toMatchObject({ isFit: true, path });
});

describe('what is refused at the door', () => {
  const none = { branch: 'main', found: 'none' } as const;
  it.each<[string, FolderFacts, string]>([
    [
      'A17: a repository without commits',
      facts(repository({ branches: [], base: none }), { path: '/srv/shop' }),
      'git -C /srv/shop add --all && git -C /srv/shop commit --allow-empty -m "First commit"',
    ],
    [
      'A17: one with blanks and quotes in its path',
      facts(repository({ top: "/srv/it's here", branches: [], base: none }), { path: "/srv/it's here" }),
      `git -C '/srv/it'\\''s here' add --all`,
    ],
    [
      'a base branch that is not there',
      facts(repository({ branches: ['main', 'next'], base: { branch: 'trunk', found: 'none' } })),
      'no branch trunk with a commit in it. There are: main, next',
    ],
    [
      'a checked out branch without a commit beside others',
      facts(repository({ branches: ['old'], base: none })),
      'There are: old',
    ],
    [
      'A16: a submodule that is empty',
      facts(repository({ atPath: 'submodule' }), { path: '/srv/shop/lib' }),
      'git submodule update --init',
    ],
    ['a partial clone without its files', facts(repository({ missingFiles: 3 })), '3 files of main'],
    ['no git', facts({ state: 'not_installed' }), 'Install git'],
    [
      'an old git',
      facts({ state: 'too_old', version: '2.20.1', least: '2.31' }),
      'Install git 2.31 or newer',
    ],
    [
      'the repository of another user',
      facts({ state: 'foreign', repository: '/srv/shop' }),
      '--add safe.directory /srv/shop',
    ],
    [
      'a broken repository',
      facts({ state: 'broken', at: '/srv/shop', reason: 'bad config line 1' }),
      'bad config line 1',
    ],
    [
      'the inside of git',
      facts({ state: 'inside_git', repository: '/srv/shop' }),
      'Add the repository: /srv/shop',
    ],
    [
      'a folder nobody may read',
      facts({ state: 'none' }, { unreadable: 'permission denied' }),
      'permission denied',
    ],
    ['the whole machine', facts({ state: 'none' }, { path: '/' }), 'whole machine'],
    ['the home of the person', facts({ state: 'none' }, { path: '/home/ada' }), 'your home folder'],
    [
      'a repository that is the home of the person',
      facts(REPOSITORY, { path: '/home/ada' }),
      'your home folder',
    ],
    ['a folder above it', facts({ state: 'none' }, { path: '/home' }), 'lies in it'],
    [
      'Quarterdeck’s own home',
      facts({ state: 'none' }, { path: '/home/ada/.quarterdeck' }),
      'belongs to Quarterdeck',
    ],
    [
      'a workspace of a task',
      facts(REPOSITORY, { path: '/home/ada/.quarterdeck/workspaces/t_1' }),
      'belongs to Quarterdeck',
    ],
    [
      'a folder that holds it',
      facts({ state: 'none' }, { ownHome: '/srv/shop/.quarterdeck' }),
      'move the home',
    ],
    ['what the kernel makes up', facts({ state: 'none' }, { path: '/proc/1' }), 'made up'],
  ])('%s', (_name, given, words) => {
    const verdict = judgeFolder(given);
    expect(verdict.isFit ? '' : verdict.reason).toContain(words);
  });

  it('lets the program have projects in its own home', () => {
    const own = facts({ state: 'none' }, { path: '/home/ada/.quarterdeck/general' });
    expect(judgeFolder(own, true)).toMatchObject({ isFit: true, kind: 'folder' });
  });
});
