import { execFileSync } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { openHomes } from './open-homes.ts';

export type Homes = Awaited<ReturnType<typeof openHomes>>;
export type Env = Readonly<Record<string, string | undefined>>;

/** Everything people have been seen to put into their git settings. */
const FILES = {
  '.gitconfig': `
[include]
  path = dotfiles/identity.gitconfig
  path = ~/dotfiles/nested.gitconfig
  path = ~/missing.gitconfig
[core]
  excludesFile = ~/.ignored-by-ada
  attributesFile = ~/.attributes-of-ada
  hooksPath = ~/hooks
[commit]
  template = ~/.message
[alias]
  where = "!cat ~/note"
  quoted = "!printf '%s' '~/note' \\"$HOME/note\\" $HOME/note"
  awk = "!echo a b | awk '$2 ~ /b/ {print $1}'"
  last = log -1 --format=%s
[url "git@forge.example:"]
  insteadOf = https://forge.example/
[merge]
  tool = mine
[mergetool "mine"]
  cmd = ~/bin/merge \\"$LOCAL\\"
[diff "odd \\"name\\" with \\\\ and ."]
  textconv = ~/bin/plain
[odd]
  bare
  empty =
  lines = "one\\ntwo\\ttabbed; # not a comment"
  blanks = "  both  "
[safe]
  directory = ~/work/*
[includeIf "gitdir:~/work/"]
  path = dotfiles/work.gitconfig
[includeIf "gitdir/i:~/SHOUT/"]
  path = ~/dotfiles/shout.gitconfig
[includeIf "gitdir:./near/"]
  path = dotfiles/near.gitconfig
[includeIf "onbranch:qd/**"]
  path = ~/dotfiles/branch.gitconfig
[includeIf "hasconfig:remote.*.url:https://forge.example/**"]
  path = dotfiles/remote.gitconfig
`,
  'dotfiles/identity.gitconfig': '[user]\n\tname = Ada Lovelace\n\temail = ada@home.example\n',
  'dotfiles/nested.gitconfig': '[include]\n\tpath = deeper.gitconfig\n',
  'dotfiles/deeper.gitconfig': '[deep]\n\tpath = ~/deep\n',
  'dotfiles/work.gitconfig': '[user]\n\temail = ada@work.example\n[include]\n\tpath = work-more.gitconfig\n',
  'dotfiles/work-more.gitconfig': '[work]\n\tmore = ~/more\n',
  'dotfiles/shout.gitconfig': '[user]\n\temail = ADA@SHOUT.EXAMPLE\n',
  'dotfiles/near.gitconfig': '[user]\n\temail = near@home.example\n',
  'dotfiles/branch.gitconfig': '[on]\n\tbranch = yes\n',
  'dotfiles/remote.gitconfig': '[of]\n\tremote = yes\n',
  '.config/git/config': '[xdg]\n\tvalue = ~/xdg\n[user]\n\tname = Overridden\n\temail = xdg@home.example\n',
  '.config/git/ignore': '*.xdg-ignored\n',
  '.config/git/attributes': '*.xdg text eol=crlf\n',
  '.ignored-by-ada': '*.mine\n',
  '.attributes-of-ada': '*.bin -diff\n',
  '.message': 'Because: \n',
  note: 'a note of Ada',
  'hooks/commit-msg': '#!/bin/sh\necho "Hooked: yes" >> "$1"\n',
  'dotfiles/gitconfig-real': '',
};

/** A person of whom everything is in other files, and an agent's home. */
export async function openAda(more: Readonly<Record<string, string>> = {}): Promise<Homes> {
  const homes = await openHomes({ ...FILES, ...more });
  await chmod(join(homes.person, 'hooks/commit-msg'), 0o755);
  return homes;
}

/** What git says; throws when it refuses. */
export function git(cwd: string, env: Env, ...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd,
    env: { ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The person's own environment. */
export const personEnv = ({ person }: Homes): Env => ({ PATH: process.env['PATH'], HOME: person });

/** A fresh repository below the root of both homes. */
export function repository(homes: Homes, path: string, branch = 'main'): string {
  const folder = join(homes.root, path);
  execFileSync('git', ['init', '-q', '-b', branch, folder], { env: personEnv(homes) });
  return folder;
}

/** What git takes in a folder, in its order, without the lines that include other files; `~` written out. */
export function effective(cwd: string, env: Env, homes: Homes): readonly string[] {
  return git(cwd, env, 'config', '--list', '--null')
    .split('\0')
    .filter((line) => !/^include(if\..*)?\.path\n/s.test(line))
    .map((line) => line.replace(/(?<=[\s\n"])(~|\$HOME)(?=\/)/g, homes.person).replaceAll('\\\n', '\n'));
}
