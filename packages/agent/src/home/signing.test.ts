import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { git, openAda, repository } from './testing/ada.ts';

const sshAgents: number[] = [];
afterAll(() => {
  for (const pid of sshAgents) process.kill(pid);
});

describe('F07: what an agent signs', () => {
  it('is signed by the ssh key the person names', async () => {
    await using homes = await openAda();
    const key = join(homes.person, '.ssh/id_ed25519');
    await mkdir(join(homes.person, '.ssh'), { mode: 0o700 });
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
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

  it('is signed through the ssh agent of the person when the key is only there', async () => {
    await using homes = await openAda();
    const key = join(homes.root, 'key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    const socket = join(homes.root, 'agent.sock');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(agent.stdout, 'data');
    sshAgents.push(agent.pid ?? 0);
    execFileSync('ssh-add', ['-q', key], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' });
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
  });

  it('is signed by the person’s keyring', async () => {
    await using homes = await openAda();
    const keyring = join(homes.person, '.gnupg');
    await mkdir(keyring, { mode: 0o700 });
    const gpg = { ...process.env, HOME: homes.person, GNUPGHOME: keyring };
    const uid = 'Ada Lovelace <ada@home.example>';
    const quick = ['--batch', '--quiet', '--passphrase', '', '--quick-gen-key', uid, 'ed25519', 'sign'];
    execFileSync('gpg', quick, { env: gpg, stdio: 'ignore' });
    await writeFile(join(homes.person, 'dotfiles/deeper.gitconfig'), '[commit]\n\tgpgSign = true\n');
    const { env } = await homes.prepare();
    const cwd = repository(homes, 'elsewhere/a');
    git(cwd, env, 'commit', '-q', '--allow-empty', '-m', 'signed');
    expect(git(cwd, env, 'log', '-1', '--format=%G?')).toMatch(/[GU]/);
    execFileSync('gpgconf', ['--kill', 'all'], { env: gpg });
  });
});
