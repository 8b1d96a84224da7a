import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git, openAda } from './testing/ada.ts';

const CHANGES = [
  [
    'git config --global',
    'git config --global user.name Mallory; git config --global alias.st "!touch /tmp/x"; git config --global --unset-all user.email; git config --global --remove-section core',
  ],
  [
    'git config for the file by name',
    'git config --file "$HOME/.gitconfig" core.pager evil; git config --file "$HOME/.config/git/config" core.pager evil',
  ],
  [
    'a shell that appends',
    'for f in .gitconfig .config/git/ignore .config/git/attributes .tool/settings.json .tool/skills/a.md; do echo evil >> "$HOME/$f"; done',
  ],
  ['a shell that truncates', 'cd; : > .gitconfig; : > .tool/settings.json; : > .tool/skills/a.md'],
  ['removing', 'cd; rm -rf .gitconfig .config .tool'],
  ['moving', 'cd; mv .tool/skills .tool/elsewhere; mv .gitconfig .tool/settings.json; mv .config moved'],
  [
    'changing modes and times',
    'cd; chmod -R 777 .; touch -d 2001-01-01 .gitconfig .tool/settings.json .tool/skills',
  ],
  [
    'rebinding the links to logins',
    'cd; ln -sfn /etc/passwd .tool/auth.json; rm .tool/auth.json; echo evil > .tool/auth.json',
  ],
  [
    'git’s own password file',
    'printf "protocol=https\\nhost=a.example\\nusername=m\\npassword=evil\\n\\n" | git credential approve; printf "protocol=https\\nhost=forge.example\\n\\n" | git credential reject',
  ],
  [
    'hard links',
    'cd; ln .gitconfig hard; echo evil >> hard; ln .tool/settings.json hard2; echo evil >> hard2',
  ],
] as const;

describe('S8: nothing of the person changes', () => {
  it.each(CHANGES)('by %s in the agent’s home', async (_, script) => {
    await using homes = await openAda({
      '.tool/settings.json': '{}',
      '.tool/auth.json': '{"login":1}',
      '.tool/skills/a.md': 'a',
      '.git-credentials': 'https://ada:pw@forge.example\n',
      '.other-credentials': 'https://ada:pw@forge.example\n',
      'dotfiles/deeper.gitconfig':
        '[credential]\n\thelper = store\n\thelper = store --file ~/.other-credentials\n',
    });
    const profile = { copy: ['.tool/settings.json', '.tool/skills'], link: ['.tool/auth.json'] };
    const { env } = await homes.prepare(profile);
    const before = homes.snapshot();
    execFileSync('sh', ['-c', script], { cwd: homes.agent, env, stdio: 'ignore' });
    expect(homes.snapshot()).toBe(before);
    const again = await homes.prepare(profile);
    expect(homes.snapshot()).toBe(before);
    expect(git(homes.agent, again.env, 'config', 'user.name')).toBe('Ada Lovelace\n');
    expect(await readFile(join(homes.agent, '.tool/settings.json'), 'utf8')).toBe('{}');
    const ask = execFileSync('git', ['credential', 'fill'], {
      cwd: homes.agent,
      env: again.env,
      input: 'protocol=https\nhost=forge.example\n\n',
      encoding: 'utf8',
    });
    expect(ask).toContain('password=pw');
  });
});
