import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { FolderFacts } from '@quarterdeck/core/planning';
import { describe, expect, it } from 'vitest';
import { folderProbe } from './folder-probe.ts';

const run = promisify(execFile);
const IDENTITY = [
  '-c',
  'user.name=Ada',
  '-c',
  'user.email=ada@example.test',
  '-c',
  'protocol.file.allow=always',
];

/** A folder with blanks and accents in its path, in which repositories of all shapes can be made. */
async function openYard() {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'quarterdeck yard é ')));
  const at = (...parts: string[]) => join(root, ...parts);
  const git = async (folder: string, ...args: string[]) =>
    (await run('git', ['-C', at(folder), ...IDENTITY, ...args])).stdout.trim();
  const write = async (path: string, text = 'text\n') => {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), text);
  };
  const make = async (folder: string, ...initArgs: string[]) => {
    await mkdir(at(folder), { recursive: true });
    await git(folder, 'init', '-q', '-b', 'main', ...initArgs);
  };
  const commit = async (folder: string) => {
    await git(folder, 'add', '--all');
    await git(folder, 'commit', '-q', '-m', 'more');
  };
  const repository = async (folder: string, ...initArgs: string[]) => {
    await make(folder, ...initArgs);
    await write(`${folder}/pkg/a ü/main.ts`);
    await commit(folder);
  };
  const probe = folderProbe(at('home'));
  const look = (path: string, branch: string | null = null) => probe.inspect(at(path), branch);
  return {
    ...{ at, git, write, make, commit, repository, look },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
type Yard = Awaited<ReturnType<typeof openYard>>;

const MAIN = { branch: 'main', found: 'local' };

describe('F04, A13: what git says of a folder', () => {
  it.each<[string, (yard: Yard) => Promise<string>, object]>([
    ['the top', async () => 'repo', { top: expect.stringMatching(/repo$/), base: MAIN, linkedTo: null }],
    ['a folder in it', async () => 'repo/pkg/a ü', { atPath: 'folder', base: MAIN }],
    [
      'a folder of which nothing is committed',
      async (yard) => {
        await mkdir(yard.at('repo/new'));
        return 'repo/new';
      },
      { atPath: 'nothing', isIgnored: false },
    ],
    [
      'a folder that is ignored',
      async (yard) => {
        await yard.write('repo/.gitignore', 'out\n');
        await mkdir(yard.at('repo/out'));
        return 'repo/out';
      },
      { isIgnored: true },
    ],
    [
      'a detached head',
      async (yard) => {
        await yard.git('repo', 'checkout', '-q', '--detach');
        return 'repo';
      },
      { base: { branch: null, found: 'detached' } },
    ],
    [
      'a bare repository',
      async (yard) => {
        await run('git', ['clone', '-q', '--bare', yard.at('repo'), yard.at('bare.git')]);
        return 'bare.git';
      },
      { top: null, base: MAIN, linkedTo: null },
    ],
    [
      'a bare repository behind a .git file',
      async (yard) => {
        await run('git', ['clone', '-q', '--bare', yard.at('repo'), yard.at('hub/.bare')]);
        await yard.write('hub/.git', 'gitdir: ./.bare\n');
        return 'hub';
      },
      { top: null, base: MAIN },
    ],
    [
      'a linked worktree',
      async (yard) => {
        await yard.git('repo', 'worktree', 'add', '-q', '-b', 'side', yard.at('side'));
        return 'side';
      },
      { base: { branch: 'side', found: 'local' }, linkedTo: expect.stringMatching(/repo$/) },
    ],
    [
      'a submodule',
      async (yard) => {
        await yard.repository('lib');
        await yard.git('repo', 'submodule', '--quiet', 'add', yard.at('lib'), 'lib');
        return 'repo/lib';
      },
      { superproject: expect.stringMatching(/repo$/), base: MAIN },
    ],
    [
      'a submodule that is empty',
      async (yard) => {
        await yard.repository('lib');
        await yard.git('repo', 'submodule', '--quiet', 'add', yard.at('lib'), 'lib');
        await yard.commit('repo');
        await yard.git('repo', 'submodule', '--quiet', 'deinit', '--force', 'lib');
        return 'repo/lib';
      },
      { atPath: 'submodule' },
    ],
    [
      'objects named by sha256',
      async (yard) => {
        await yard.repository('sha', '--object-format=sha256');
        return 'sha';
      },
      { base: MAIN },
    ],
    [
      'a shallow clone',
      async (yard) => {
        await yard.write('repo/more');
        await yard.commit('repo');
        await run('git', ['clone', '-q', '--depth=1', `file://${yard.at('repo')}`, yard.at('shallow')]);
        return 'shallow';
      },
      { isShallow: true, missingFiles: 0 },
    ],
    [
      'a partial clone that lacks files',
      async (yard) => {
        await yard.git('repo', 'config', 'uploadpack.allowFilter', 'true');
        const args = ['clone', '-q', '--no-checkout', '--filter=blob:none', `file://${yard.at('repo')}`];
        await run('git', [...args, yard.at('partial')]);
        return 'partial';
      },
      { missingFiles: 1 },
    ],
    [
      'a repository without commits',
      async (yard) => {
        await yard.make('empty');
        return 'empty';
      },
      { branches: [], checkedOut: 'main', base: { branch: 'main', found: 'none' } },
    ],
  ])('%s', async (_name, prepare, expected) => {
    await using yard = await openYard();
    await yard.repository('repo');
    const path = await prepare(yard);
    const facts = await yard.look(path);
    expect(facts).toMatchObject({ path: yard.at(path), unreadable: null });
    expect(facts?.git).toMatchObject({ state: 'repository', ...expected });
  });

  it('finds the wanted base branch, here or at the remote', async () => {
    await using yard = await openYard();
    await yard.repository('repo');
    await yard.git('repo', 'branch', 'next');
    await run('git', ['clone', '-q', yard.at('repo'), yard.at('clone')]);
    const found = async (branch: string) => {
      const git = (await yard.look('clone', branch))?.git;
      return git?.state === 'repository' ? git.base.found : null;
    };
    expect([await found('main'), await found('next'), await found('none')]).toEqual([
      'local',
      'remote',
      'none',
    ]);
  });

  it.each<[string, (yard: Yard) => Promise<string>, FolderFacts['git']['state']]>([
    ['nothing', (yard) => yard.write('plain/file').then(() => 'plain'), 'none'],
    ['a .git that is empty', (yard) => yard.write('odd/.git/file').then(() => 'odd'), 'broken'],
    [
      'a .git that points nowhere',
      (yard) => yard.write('odd/.git', 'gitdir: /gone\n').then(() => 'odd'),
      'broken',
    ],
    [
      'a .git that is no text of git',
      (yard) => yard.write('odd/.git', 'hello\n').then(() => 'odd'),
      'broken',
    ],
    [
      'a worktree whose repository was moved',
      async (yard) => {
        await yard.git('repo', 'worktree', 'add', '-q', '-b', 'side', yard.at('side'));
        await rename(yard.at('repo'), yard.at('moved'));
        return 'side';
      },
      'broken',
    ],
    [
      'settings git cannot read',
      (yard) => yard.write('repo/.git/config', '[core\n').then(() => 'repo'),
      'broken',
    ],
    [
      'a format of tomorrow',
      async (yard) => {
        await yard.git('repo', 'config', 'core.repositoryFormatVersion', '9');
        return 'repo';
      },
      'broken',
    ],
    [
      'files that are elsewhere',
      async (yard) => {
        await yard.write('else/file');
        await yard.git('repo', 'config', 'core.worktree', yard.at('else'));
        return 'repo';
      },
      'broken',
    ],
    [
      'an empty .git below a repository',
      async (yard) => {
        await mkdir(yard.at('repo/pkg/a ü/.git'));
        return 'repo/pkg/a ü';
      },
      'broken',
    ],
    ['the inside of git', async () => 'repo/.git/refs', 'inside_git'],
    [
      'the inside of a bare one',
      async (yard) => {
        await run('git', ['clone', '-q', '--bare', yard.at('repo'), yard.at('bare.git')]);
        return 'bare.git/refs';
      },
      'inside_git',
    ],
  ])('sees %s', async (_name, prepare, state) => {
    await using yard = await openYard();
    await yard.repository('repo');
    expect((await yard.look(await prepare(yard)))?.git.state).toBe(state);
  });

  it.runIf(process.getuid?.() === 0)('sees that a repository belongs to another user', async () => {
    await using yard = await openYard();
    await yard.repository('repo');
    for (const path of ['repo', 'repo/.git']) await chown(yard.at(path), 4242, 4242);
    expect((await yard.look('repo'))?.git).toEqual({ state: 'foreign', repository: yard.at('repo') });
  });

  it('says nothing of what is no folder, and gives a path without links', async () => {
    await using yard = await openYard();
    await yard.write('plain/file');
    await symlink(yard.at('plain'), yard.at('link'));
    expect(await yard.look('none')).toBeNull();
    expect(await yard.look('plain/file')).toBeNull();
    expect(await yard.look('link')).toMatchObject({ path: yard.at('plain'), git: { state: 'none' } });
  });

  it('S1: starts nothing that a repository has planted', async () => {
    await using yard = await openYard();
    await yard.repository('repo');
    const trap = `touch '${yard.at('sprung')}'`;
    await yard.write('repo/.gitattributes', '* filter=trap diff=trap\n');
    for (const [name, value] of [
      ['core.fsmonitor', trap],
      ['core.sshCommand', trap],
      ['filter.trap.clean', trap],
      ['filter.trap.smudge', trap],
      ['diff.trap.textconv', trap],
      ['core.pager', trap],
      ['alias.version', `!${trap}`],
      ['extensions.partialClone', 'origin'],
      ['core.repositoryFormatVersion', '1'],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.url', yard.at('repo')],
      ['remote.origin.uploadpack', trap],
    ] as const)
      await yard.git('repo', 'config', name, value);
    const blob = await yard.git('repo', 'rev-parse', 'HEAD:pkg/a ü/main.ts');
    await rm(yard.at('repo/.git/objects', blob.slice(0, 2), blob.slice(2)));
    for (const path of ['repo', 'repo/pkg/a ü'])
      expect((await yard.look(path))?.git.state).toBe('repository');
    expect(existsSync(yard.at('sprung'))).toBe(false);
  });
});
