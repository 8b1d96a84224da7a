import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Env, effective, git, type Homes, openAda, personEnv, repository } from './testing/ada.ts';
import { openHomes } from './testing/open-homes.ts';

describe('F07: an agent’s git', () => {
  it.each([
    ['in a repository like any other', 'elsewhere/a', 'main'],
    ['where an includeIf names the folder', 'ada/work/a', 'main'],
    ['where one names it in other letters', 'ada/shout/a', 'main'],
    ['where one names it beside the settings', 'ada/near/a', 'main'],
    ['on a branch that one names', 'elsewhere/b', 'qd/t_1'],
  ])('takes what the person’s takes, %s', async (_, path, branch) => {
    await using homes = await openAda();
    const { env } = await homes.prepare();
    const cwd = repository(homes, path, branch);
    expect(effective(cwd, env, homes)).toEqual(effective(cwd, personEnv(homes), homes));
    git(cwd, personEnv(homes), 'remote', 'add', 'origin', 'https://forge.example/a/b');
    expect(effective(cwd, env, homes)).toEqual(effective(cwd, personEnv(homes), homes));
    expect(effective(cwd, env, homes)).toContain('of.remote\nyes');
  });

  it('decides anew where the agent goes: in a worktree, a repository it makes, a branch it takes', async () => {
    await using homes = await openAda();
    const { env } = await homes.prepare();
    const main = repository(homes, 'ada/work/a');
    git(main, personEnv(homes), 'commit', '-q', '--allow-empty', '-m', 'first');
    const tree = join(homes.root, 'workspaces/t_1');
    git(main, personEnv(homes), 'worktree', 'add', '-q', '-b', 'qd/t_1', tree);
    expect(git(tree, env, 'config', 'user.email')).toBe('ada@work.example\n');
    expect(git(tree, env, 'config', 'on.branch')).toBe('yes\n');
    git(tree, env, 'checkout', '-q', '-b', 'other');
    expect(() => git(tree, env, 'config', 'on.branch')).toThrow();
    const made = join(tree, 'made');
    git(tree, env, 'init', '-q', made);
    expect(git(made, env, 'config', 'user.email')).toBe('ada@home.example\n');
  });

  it('commits as the person, with their template, hook, ignored files and attributes', async () => {
    await using homes = await openAda();
    const { env } = await homes.prepare();
    const cwd = repository(homes, 'elsewhere/a');
    for (const name of ['a.mine', 'c.txt', 'e.bin']) await writeFile(join(cwd, name), `${name}\n`);
    expect(git(cwd, env, 'status', '--porcelain')).toBe('?? c.txt\n?? e.bin\n');
    git(cwd, env, 'add', '--all');
    git(cwd, { ...env, GIT_EDITOR: 'echo and so >>' }, 'commit', '-q');
    expect(git(cwd, env, 'log', '-1', '--format=%an <%ae>|%s')).toBe(
      'Ada Lovelace <ada@home.example>|Because:\n',
    );
    expect(git(cwd, env, 'log', '-1', '--format=%b')).toContain('Hooked: yes');
    expect(git(cwd, env, 'check-attr', 'diff', 'text', '--', 'e.bin')).toContain('diff: unset');
  });

  it('gives commands of the person their home, as the shell would have', async () => {
    await using homes = await openAda();
    const { env } = await homes.prepare();
    const cwd = repository(homes, 'elsewhere/a');
    expect(git(cwd, env, 'where')).toBe('a note of Ada');
    expect(git(cwd, env, 'quoted')).toBe(`~/note${homes.person}/note${homes.person}/note`);
    expect(git(cwd, env, 'awk')).toBe('a\n');
  });

  it.each([
    [
      'a link, as dotfile managers make it',
      async (homes: Homes) => {
        await mkdir(join(homes.person, 'stow/git'), { recursive: true });
        await writeFile(
          join(homes.person, 'stow/git/rc'),
          '[user]\n\tname = Linked\n[include]\n\tpath = dotfiles/near.gitconfig\n',
        );
        execFileSync('rm', [join(homes.person, '.gitconfig')]);
        await symlink('stow/git/rc', join(homes.person, '.gitconfig'));
        return {};
      },
    ],
    [
      'somewhere else by GIT_CONFIG_GLOBAL',
      async (homes: Homes) => ({
        GIT_CONFIG_GLOBAL: join(homes.person, 'dotfiles/identity.gitconfig'),
      }),
    ],
    [
      'below XDG_CONFIG_HOME',
      async (homes: Homes) => {
        execFileSync('sh', ['-c', 'rm .gitconfig; mv .config moved'], { cwd: homes.person });
        return { XDG_CONFIG_HOME: join(homes.person, 'moved') };
      },
    ],
    ['in the environment', async () => ({ GIT_AUTHOR_NAME: 'From env', GIT_AUTHOR_EMAIL: 'env@e.example' })],
  ])('finds settings that are %s', async (_, arrange) => {
    await using homes = await openAda();
    const outer = await arrange(homes);
    const { env } = await homes.prepare({}, outer);
    const cwd = repository(homes, 'elsewhere/a');
    const theirs = { ...personEnv(homes), ...outer };
    expect(git(cwd, env, 'var', 'GIT_AUTHOR_IDENT').split('>')[0]).toBe(
      git(cwd, theirs, 'var', 'GIT_AUTHOR_IDENT').split('>')[0],
    );
    expect(effective(cwd, env, homes)).toEqual(effective(cwd, theirs, homes));
    for (const [name, answer] of [
      ['a.xdg-ignored', 'check-ignore'],
      ['a.mine', 'check-ignore'],
      ['a.xdg', 'check-attr'],
    ] as const) {
      const args = answer === 'check-attr' ? ['check-attr', 'eol', '--', name] : ['check-ignore', '-v', name];
      const say = (how: Env) => {
        try {
          return git(cwd, how, ...args).replace(/^.*:(?=\d+:)/, '');
        } catch {
          return 'no';
        }
      };
      expect([name, say(env)]).toEqual([name, say(theirs)]);
    }
  });

  it('takes the machine’s settings that name the home, wherever they are', async () => {
    await using homes = await openAda({
      'etc/gitconfig': '[core]\n\teditor = ~/bin/edit\n[sys]\n\tpath = ~/sys\n[include]\n\tpath = more\n',
      'etc/more': '[sys]\n\tmore = 1\n',
    });
    const outer = { GIT_CONFIG_SYSTEM: join(homes.person, 'etc/gitconfig') };
    const { env } = await homes.prepare({}, outer);
    const cwd = repository(homes, 'elsewhere/a');
    expect(git(cwd, env, 'config', 'sys.path')).toBe(`${homes.person}/sys\n`);
    expect(effective(cwd, env, homes)).toEqual(effective(cwd, { ...personEnv(homes), ...outer }, homes));
  });

  it('says which file git cannot read, and goes on with the others', async () => {
    await using homes = await openAda({ 'dotfiles/deeper.gitconfig': '[broken\n' });
    const { env, notes } = await homes.prepare();
    expect(notes).toEqual([expect.stringMatching(/cannot read .*dotfiles\/deeper\.gitconfig/)]);
    expect(git(homes.root, env, 'config', 'user.name')).toBe('Ada Lovelace\n');
  });

  it('works where a file includes itself, is a pipe, or lies behind a home with blanks and quotes', async () => {
    await using homes = await openHomes(
      {
        '.gitconfig': '[include]\n\tpath = ~/again\n\tpath = pipe\n[user]\n\tname = A\n',
        again: '[include]\n\tpath = again\n',
      },
      `a "d" 'a`,
    );
    execFileSync('sh', ['-c', 'mkfifo pipe'], { cwd: homes.person });
    const { env } = await homes.prepare();
    expect(git(homes.root, env, 'config', 'user.name')).toBe('A\n');
  });
});
