import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync } from 'node:fs';
import { mkdir, readFile, readlink, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHomes } from './testing/open-homes.ts';

describe('the home of an agent', () => {
  it('has the files of its profile, filled in and private', async () => {
    await using homes = await openHomes();
    await homes.prepare({ files: { '.tool/config.toml': '[projects."WORKSPACE"]', '.tool/empty/': '' } });
    expect(await readFile(join(homes.agent, '.tool/config.toml'), 'utf8')).toBe('[projects."/work space"]');
    expect((await stat(join(homes.agent, '.tool/config.toml'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(homes.agent, '.tool/empty'))).isDirectory()).toBe(true);
  });

  it('links the logins the person has, once, and leaves out what she has not', async () => {
    await using homes = await openHomes({ '.tool/auth.json': '{}' });
    const profile = { link: ['.tool/auth.json', '.tool/none.json'] };
    await homes.prepare(profile);
    await homes.prepare(profile);
    expect(await readlink(join(homes.agent, '.tool/auth.json'))).toBe(join(homes.person, '.tool/auth.json'));
    await expect(stat(join(homes.agent, '.tool/none.json'))).rejects.toThrow('ENOENT');
  });

  it('A15: copies settings, files and whole folders, as they are at each start', async () => {
    await using homes = await openHomes({
      '.tool/config.toml': 'a = 1',
      '.tool/skills/one/SKILL.md': 'one',
      '.tool/skills/run.sh': '#!/bin/sh',
      'dotfiles/two.md': 'two',
    });
    await symlink(join(homes.person, 'dotfiles/two.md'), join(homes.person, '.tool/skills/two.md'));
    await symlink('..', join(homes.person, '.tool/skills/round'));
    await symlink('/nowhere', join(homes.person, '.tool/skills/dangling'));
    execFileSync('sh', ['-c', 'mkfifo .tool/skills/pipe'], { cwd: homes.person });
    const profile = { copy: ['.tool/config.toml', '.tool/skills', '.tool/none'] };
    await homes.prepare(profile);
    const skills = join(homes.agent, '.tool/skills');
    expect(await readFile(join(skills, 'one/SKILL.md'), 'utf8')).toBe('one');
    expect(lstatSync(join(skills, 'two.md')).isFile()).toBe(true);
    expect(['pipe', 'dangling'].map((name) => existsSync(join(skills, name)))).toEqual([false, false]);
    await writeFile(join(homes.person, '.tool/config.toml'), 'a = 2');
    await homes.prepare(profile);
    expect(await readFile(join(homes.agent, '.tool/config.toml'), 'utf8')).toBe('a = 2');
  });

  it('A15: finds settings where the person moved them after the XDG rules', async () => {
    await using homes = await openHomes({ 'moved/tool/a': 'a', 'kept/tool/auth': '{}' });
    const env = { XDG_CONFIG_HOME: join(homes.person, 'moved'), XDG_DATA_HOME: join(homes.person, 'kept') };
    await homes.prepare({ copy: ['.config/tool'], link: ['.local/share/tool/auth'] }, env);
    expect(await readFile(join(homes.agent, '.config/tool/a'), 'utf8')).toBe('a');
    expect(await readlink(join(homes.agent, '.local/share/tool/auth'))).toBe(
      join(homes.person, 'kept/tool/auth'),
    );
  });

  it('leaves out what is too much to copy, and says so', async () => {
    await using homes = await openHomes({ '.tool/.keep': '' });
    await writeFile(join(homes.person, '.tool/huge'), '');
    await truncate(join(homes.person, '.tool/huge'), 600 * 1024 * 1024);
    const { notes } = await homes.prepare({ copy: ['.tool'] });
    expect(notes.join()).toContain('.tool of your home was not copied');
    expect(existsSync(join(homes.agent, '.tool'))).toBe(false);
  });

  it('a profile of before there were copies goes on: git settings it links are copied, a link that covers more is refused', async () => {
    await using homes = await openHomes({
      '.gitconfig': '[user]\n\tname = Ada\n',
      '.config/tool/a': 'a',
      '.t/x': 'x',
    });
    const link = ['.gitconfig', '.config/git', '.config', '.t', '.t/x'];
    const { notes } = await homes.prepare({ link });
    expect(lstatSync(join(homes.agent, '.gitconfig')).isFile()).toBe(true);
    expect(lstatSync(join(homes.agent, '.config')).isDirectory()).toBe(true);
    expect(await readlink(join(homes.agent, '.t'))).toBe(join(homes.person, '.t'));
    expect(notes).toEqual([expect.stringContaining('.config of your home is not in')]);
  });

  it('A15: a link that a person adds to a profile wins over the copy of the same or of what lies below', async () => {
    await using homes = await openHomes({ '.tool/a': 'a', '.tool/b/c': 'c', '.other/a': 'a' });
    const { notes } = await homes.prepare({ copy: ['.tool/b', '.other/a'], link: ['.tool', '.other/a'] });
    expect(await readlink(join(homes.agent, '.tool'))).toBe(join(homes.person, '.tool'));
    expect(await readlink(join(homes.agent, '.other/a'))).toBe(join(homes.person, '.other/a'));
    expect(notes).toEqual([]);
  });

  it('A4: keeps what a program renewed in place of the link, until the person signs in anew', async () => {
    await using homes = await openHomes({ '.tool/auth.json': 'old' });
    const [own, theirs] = [join(homes.agent, '.tool/auth.json'), join(homes.person, '.tool/auth.json')];
    await utimes(theirs, 1, 1);
    await mkdir(join(homes.agent, '.tool'), { recursive: true });
    await writeFile(own, 'renewed');
    await homes.prepare({ link: ['.tool/auth.json'] });
    expect(await readFile(own, 'utf8')).toBe('renewed');
    await utimes(own, 2, 2);
    await utimes(theirs, 3, 3);
    await homes.prepare({ link: ['.tool/auth.json'] });
    expect(await readlink(own)).toBe(theirs);
  });

  it.each(['../outside', '/etc/passwd', 'a/../../outside'])(
    'does not reach out of itself: %s',
    async (path) => {
      await using homes = await openHomes();
      for (const profile of [{ files: { [path]: 'x' } }, { link: [path] }, { copy: [path] }])
        await expect(homes.prepare(profile)).rejects.toThrow('not below the agent');
    },
  );
});
