import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { git, openAda, repository } from './testing/ada.ts';

const sshAgents: number[] = [];
afterAll(() => {
  for (const pid of sshAgents) process.kill(pid);
});

/** Runs a program of the machine that is there, as `canRun` told. */
function run(line: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = process.env): void {
  execFileSync('sh', ['-c', `${line} "$@"`, 'sh', ...args], { env, stdio: 'ignore' });
}

function canRun(program: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$0"', program]).status === 0;
}

describe('F07: what an agent signs', () => {
  it.runIf(canRun('ssh-keygen'))('is signed by the ssh key the person names', async () => {
    await using homes = await openAda();
    const key = join(homes.person, '.ssh/id_ed25519');
    await mkdir(join(homes.person, '.ssh'), { mode: 0o700 });
    run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    const allowed = `ada@home.example ${await readFile(`${key}.pub`, 'utf8')}`;
    await writeFile(join(homes.person, '.allowed'), allowed);
    const signing =
      '[gpg]\n\tformat = ssh\n[gpg "ssh"]\n\tallowedSignersFile = ~/.allowed\n[commit]\n\tgpgSign\n[user]\n\tsigningKey = ~/.ssh/id_ed25519.pub\n';
    await writeFile(join(homes.person, 'dotfiles/deeper.gitconfig'), signing);
    const { env } = await homes.prepare();
    const cwd = repository(homes, 'elsewhere/a');
    git(cwd, env, 'commit', '-q', '--allow-empty', '-m', 'signed');
    expect(git(cwd, env, 'log', '-1', '--format=%G?')).toBe('G\n');
  });

  it.runIf(canRun('ssh-agent'))(
    'is signed through the ssh agent of the person when the key is only there',
    async () => {
      await using homes = await openAda();
      const key = join(homes.root, 'key');
      run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
      const socket = join(homes.root, 'agent.sock');
      const agent = spawn('sh', ['-c', 'exec ssh-agent -D -a "$0"', socket], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      await once(agent.stdout, 'data');
      sshAgents.push(agent.pid ?? 0);
      run('ssh-add', ['-q', key], { ...process.env, SSH_AUTH_SOCK: socket });
      const literal = (await readFile(`${key}.pub`, 'utf8')).trim();
      execFileSync('rm', [key]);
      const signing = `[gpg]\n\tformat = ssh\n[commit]\n\tgpgSign = true\n[user]\n\tsigningKey = "key::${literal}"\n`;
      await writeFile(join(homes.person, 'dotfiles/deeper.gitconfig'), signing);
      const { env } = await homes.prepare({}, { SSH_AUTH_SOCK: socket });
      const cwd = repository(homes, 'elsewhere/a');
      git(cwd, env, 'commit', '-q', '--allow-empty', '-m', 'signed');
      expect(git(cwd, env, 'cat-file', 'commit', 'HEAD')).toContain('BEGIN SSH SIGNATURE');
      const { env: without } = await homes.prepare(
        { id: 'other' },
        { SSH_AUTH_SOCK: socket, GIT_CONFIG_GLOBAL: '' },
      );
      expect(without).not.toHaveProperty('SSH_AUTH_SOCK');
    },
  );

  it.runIf(canRun('gpg'))('is signed by the person’s keyring', async () => {
    await using homes = await openAda();
    const keyring = join(homes.person, '.gnupg');
    await mkdir(keyring, { mode: 0o700 });
    const gpg = { ...process.env, HOME: homes.person, GNUPGHOME: keyring };
    const uid = 'Ada Lovelace <ada@home.example>';
    const quick = ['--batch', '--quiet', '--passphrase', '', '--quick-gen-key', uid, 'ed25519', 'sign'];
    run('gpg', quick, gpg);
    await writeFile(join(homes.person, 'dotfiles/deeper.gitconfig'), '[commit]\n\tgpgSign = true\n');
    const { env } = await homes.prepare();
    const cwd = repository(homes, 'elsewhere/a');
    git(cwd, env, 'commit', '-q', '--allow-empty', '-m', 'signed');
    expect(git(cwd, env, 'log', '-1', '--format=%G?')).toMatch(/[GU]/);
    run('gpgconf', ['--kill', 'all'], gpg);
  });
});
