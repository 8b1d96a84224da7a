import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  appendFile,
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepWork } from './keep-work.ts';
import { landWork } from './land-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { readDiff } from './read-diff.ts';
import { removeWorkspace } from './remove-workspace.ts';
import { findReviewed, setAside } from './set-aside.ts';
import { keepFor, orderFor, type TemporaryRepository, temporaryRepository } from './temporary-repository.ts';

/** What a trick is played with. */
interface Stage extends Pick<TemporaryRepository, 'run' | 'write' | 'commit'> {
  readonly project: string;
  readonly space: string;
  /** A folder of the person beside everything, which nothing may read, write or delete. */
  readonly outside: string;
  /** A command line that leaves a witness. */
  readonly witness: string;
  /** A program that does. */
  readonly program: string;
}

const config = (stage: Stage, values: Readonly<Record<string, string>>, cwd = stage.project) =>
  Object.entries(values).reduce<Promise<unknown>>(
    (before, [name, value]) => before.then(() => stage.run(['config', name, value], cwd)),
    Promise.resolve(),
  );

const filter = (witness: string, name = 'x') => ({
  [`filter.${name}.clean`]: `${witness}; cat`,
  [`filter.${name}.smudge`]: `${witness}; cat`,
  [`filter.${name}.process`]: witness,
});

/** A git folder of the agent's own, in its workspace, with whatever settings. */
async function ownGitFolder(stage: Stage, values: Readonly<Record<string, string>>): Promise<void> {
  const own = join(stage.space, 'own');
  await stage.run(['clone', '--quiet', '--bare', stage.project, own]);
  await config(stage, { 'core.bare': 'false', ...values }, own);
  await rm(join(stage.space, '.git'));
  await writeFile(join(stage.space, '.git'), `gitdir: ${own}\n`);
}

async function plantHooks({ project, witness }: Stage): Promise<void> {
  for (const name of [
    'post-checkout',
    'pre-commit',
    'post-commit',
    'post-merge',
    'reference-transaction',
    'post-index-change',
    'pre-merge-commit',
  ]) {
    const path = join(project, '.git/hooks', name);
    await writeFile(path, `#!/bin/sh\n${witness}\n`);
    await chmod(path, 0o755);
  }
}

const adminOf = async (stage: Stage) =>
  (await stage.run(['rev-parse', '--absolute-git-dir'], stage.space)).trim();

const TRICKS: Readonly<Record<string, (stage: Stage) => Promise<unknown>>> = {
  'a: filters in the shared settings': async (stage) => {
    await config(stage, filter(stage.witness));
    await stage.write({ '.gitattributes': '* filter=x diff=x merge=x\n' }, stage.space);
  },
  'a: programs in the shared settings, and hooks': async (stage) => {
    await plantHooks(stage);
    await config(stage, {
      'core.fsmonitor': stage.witness,
      'core.hooksPath': join(stage.project, '.git/hooks'),
      'core.editor': stage.witness,
      'core.pager': stage.witness,
      'diff.external': stage.witness,
      'diff.x.command': stage.witness,
      'diff.x.textconv': stage.witness,
      'merge.x.driver': stage.witness,
      'alias.status': `!${stage.witness}`,
      'core.alternateRefsCommand': stage.witness,
    });
    await stage.write({ '.gitattributes': '* diff=x merge=x\n' }, stage.space);
  },
  'a: filters in an included file and in settings of the worktree': async (stage) => {
    await config(stage, {
      'include.path': join(stage.space, 'more.config'),
      'extensions.worktreeConfig': 'true',
    });
    await config(stage, filter(stage.witness, 'y'), stage.space);
    await stage.write(
      {
        'more.config': `[filter "x"]\n\tclean = ${stage.witness}\n`,
        '.gitattributes': '*.txt filter=x\n*.md filter=y\n',
      },
      stage.space,
    );
  },
  'a: attributes in the shared info folder': async (stage) => {
    await config(stage, filter(stage.witness));
    await mkdir(join(stage.project, '.git/info'), { recursive: true });
    await writeFile(join(stage.project, '.git/info/attributes'), '* filter=x\n');
  },
  'b: a repository inside with a filter of its own': async (stage) => {
    const inner = join(stage.space, 'inner');
    await mkdir(inner);
    await stage.run(['init', '--quiet'], inner);
    await stage.write({ 'a.txt': 'a\n', '.gitattributes': '* filter=x\n' }, inner);
    await stage.commit('Inner', inner);
    await config(stage, { ...filter(stage.witness), 'core.fsmonitor': stage.witness }, inner);
    await stage.write({ 'a.txt': 'dirty\n' }, inner);
  },
  'b: a repository inside that the branch knows as a pointer': async (stage) => {
    const inner = join(stage.space, 'inner');
    await mkdir(inner);
    await stage.run(['init', '--quiet'], inner);
    await stage.write({ 'a.txt': 'a\n', '.gitattributes': '* filter=x\n' }, inner);
    await stage.commit('Inner', inner);
    await stage.commit('Point to it', stage.space);
    await config(stage, { ...filter(stage.witness), 'core.fsmonitor': stage.witness }, inner);
    await stage.write({ 'a.txt': 'dirty\n' }, inner);
  },
  'c: a .git file that leads to a git folder in the workspace': async (stage) => {
    await ownGitFolder(stage, { ...filter(stage.witness), 'core.fsmonitor': stage.witness });
    await stage.write({ '.gitattributes': '* filter=x\n' }, stage.space);
  },
  'c: a repository in place of the .git file': async (stage) => {
    await rm(join(stage.space, '.git'));
    await stage.run(['init', '--quiet'], stage.space);
    await config(stage, { ...filter(stage.witness), 'core.fsmonitor': stage.witness }, stage.space);
    await stage.write({ '.gitattributes': '* filter=x\n' }, stage.space);
  },
  'd: a missing object that a fetch would bring': (stage) =>
    ownGitFolder(stage, {
      'core.repositoryFormatVersion': '1',
      'extensions.partialClone': 'evil',
      'remote.evil.url': stage.outside,
      'remote.evil.promisor': 'true',
      'remote.evil.uploadpack': stage.witness,
    }),
  'd: a promisor in the shared settings': async (stage) => {
    await config(stage, {
      'core.repositoryFormatVersion': '1',
      'extensions.partialClone': 'evil',
      'remote.evil.url': stage.outside,
      'remote.evil.promisor': 'true',
      'remote.evil.uploadpack': stage.witness,
    });
    await stage.write({ 'lost.txt': 'lost\n' }, stage.space);
    await stage.commit('Lost', stage.space);
    const lost = await stage.run(['rev-parse', 'HEAD:lost.txt'], stage.space);
    await rm(join(stage.project, '.git/objects', lost.slice(0, 2), lost.slice(2)));
  },
  'f: a work tree elsewhere, in a git folder of its own': (stage) =>
    ownGitFolder(stage, { 'core.worktree': stage.outside }),
  'f: a work tree elsewhere, in the shared settings': (stage) =>
    config(stage, { 'core.worktree': stage.outside }),
  'f: a link to elsewhere in place of the workspace': async (stage) => {
    await rename(stage.space, `${stage.space}-away`);
    await symlink(stage.outside, stage.space);
  },
  'f: links to elsewhere inside the workspace': async (stage) => {
    await symlink(stage.outside, join(stage.space, 'linked'));
    await rm(join(stage.space, 'dir'), { recursive: true });
    await symlink(stage.outside, join(stage.space, 'dir'));
  },
  'g: the folder git keeps for the worktree leads elsewhere': async (stage) => {
    const admin = await adminOf(stage);
    await writeFile(join(admin, 'commondir'), `${stage.outside}\n`);
    await writeFile(join(admin, 'gitdir'), `${join(stage.outside, '.git')}\n`);
  },
  'g: that folder is a link': async (stage) => {
    const admin = await adminOf(stage);
    await rm(admin, { recursive: true });
    await symlink(stage.outside, admin);
  },
  'g: files in that folder are links': async (stage) => {
    const admin = await adminOf(stage);
    for (const name of ['index', 'HEAD', 'MERGE_HEAD', 'logs']) {
      await rm(join(admin, name), { recursive: true, force: true });
      await symlink(join(stage.outside, '.bashrc'), join(admin, name));
    }
  },
  'g: logs of the branches are links': async (stage) => {
    for (const name of ['main', 'qd/t_00000001']) {
      const log = join(stage.project, '.git/logs/refs/heads', name);
      await rm(log, { force: true });
      await symlink(join(stage.outside, '.bashrc'), log);
    }
  },
  'g: the folder of our refs is a link': (stage) =>
    symlink(stage.outside, join(stage.project, '.git/refs/quarterdeck')),
  'h: signatures to verify with a program': async (stage) => {
    await stage.write({ 'signed.txt': 'x\n' }, stage.space);
    await stage.commit('Signed', stage.space);
    const body = await stage.run(['cat-file', 'commit', 'HEAD'], stage.space);
    const signature = 'gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----';
    await writeFile(join(stage.space, 'body'), `${body.replace('\n\n', `\n${signature}\n\n`)}\n`);
    const id = await stage.run(['hash-object', '-t', 'commit', '-w', 'body'], stage.space);
    await stage.run(['reset', '--quiet', '--hard', id], stage.space);
    await config(stage, {
      ...{ 'merge.verifySignatures': 'true', 'log.showSignature': 'true', 'commit.gpgSign': 'true' },
      'gpg.program': stage.program,
    });
  },
};

/** Every file below a folder with what it holds, links as links. */
async function picture(folder: string, name = ''): Promise<readonly string[]> {
  const seen: string[] = [];
  for (const entry of (await readdir(join(folder, name))).sort()) {
    const path = join(name, entry);
    const found = await lstat(join(folder, path));
    if (found.isDirectory()) seen.push(`${path}/`, ...(await picture(folder, path)));
    else if (found.isSymbolicLink()) seen.push(`${path} -> ${await readlink(join(folder, path))}`);
    else
      seen.push(
        `${path} ${createHash('sha256')
          .update(await readFile(join(folder, path)))
          .digest('hex')}`,
      );
  }
  return seen;
}

async function setStage() {
  const repository = await temporaryRepository({ 'README.md': 'hello\n', 'dir/a.txt': 'a\n' });
  const made = await prepareWorkspace(
    {
      order: orderFor(repository.path, { baseBranch: 'main' }),
      home: repository.home,
      trees: repository.trees,
    },
    () => undefined,
  );
  if (!made.ok) throw new Error(made.failure);
  const outside = join(repository.root, 'outside');
  await repository.write(
    { id_rsa: 'secret\n', '.bashrc': 'mine\n', 'deep/note.txt': 'x\n', 'README.md': 'theirs\n' },
    outside,
  );
  const seen = join(repository.root, 'witness');
  const program = join(repository.root, 'program');
  await writeFile(program, `#!/bin/sh\ntouch '${seen}'\n`, { mode: 0o755 });
  const stage: Stage = {
    ...{ run: repository.run, write: repository.write, commit: repository.commit, outside },
    ...{ project: repository.path, space: made.value.path, witness: `touch '${seen}'`, program },
  };
  return { repository, stage, seen, made: made.value };
}

type Set = Awaited<ReturnType<typeof setStage>>;

/** Everything the runner does with a workspace once an agent was in it. */
async function doEverything({ repository, made }: Set) {
  const { path, branch, base } = made;
  const spot = { trees: repository.trees, path, projectPath: repository.path };
  const live = { workspacePath: path, branch, base, head: null, isLive: true, baseBranch: 'main', ...spot };
  await readDiff(live);
  const kept = await keepWork(keepFor(repository, made, { baseBranch: 'main' }));
  await readDiff({ ...live, isLive: false, head: kept.commit });
  const reviewed = await findReviewed(spot);
  if (branch !== null && kept.commit !== null) {
    await repository.write({ 'review.txt': 'mine\n' }, path).catch(() => undefined);
    if (reviewed !== null) await setAside({ ...spot, branch, head: reviewed, name: 'r_1' });
  }
  // The person's own commit, by what no setting reaches: it makes the landing a merge.
  const later = await repository.run(['commit-tree', 'main^{tree}', '-p', 'main', '-m', 'Later']);
  await writeFile(join(repository.path, '.git/refs/heads/main'), `${later}\n`);
  const landed = await landWork({
    ...{
      home: repository.home,
      trees: repository.trees,
      taskId: 't_00000001',
      title: 'Work',
      projectId: 'p_00000001',
    },
    ...{
      projectPath: repository.path,
      baseBranch: 'main',
      workspacePath: path,
      branch: branch ?? '',
      base: null,
    },
    ...{ head: null, strategy: 'merge', message: null },
  } as Parameters<typeof landWork>[0]);
  const again = {
    order: orderFor(repository.path, { baseBranch: 'main' }),
    home: repository.home,
    trees: repository.trees,
  };
  await prepareWorkspace(again, () => undefined);
  const removed = await removeWorkspace({
    path,
    kind: 'worktree',
    projectPath: repository.path,
    trees: repository.trees,
  });
  if (removed.ok) await removed.value.deleted;
  return { kept, landed };
}

test.each(Object.entries(TRICKS))('S1 %s', { timeout: 120_000 }, async (_name, plant) => {
  const set = await setStage();
  await using _ = set.repository;
  const before = await picture(set.stage.outside);
  await plant(set.stage);
  await appendFile(join(set.stage.space, 'README.md'), 'more\n').catch(() => undefined);
  if ((await lstat(set.stage.space)).isSymbolicLink())
    await writeFile(join(set.stage.outside, 'README.md'), 'theirs\n');
  await rm(set.seen, { force: true });
  const { kept } = await doEverything(set);
  expect(existsSync(set.seen)).toBe(false);
  expect(await picture(set.stage.outside)).toEqual(before);
  if (kept.commit !== null) {
    const files = await set.repository.run([
      '-c',
      'core.fsmonitor=false',
      'ls-tree',
      '-r',
      '--name-only',
      kept.commit,
    ]);
    expect(files).not.toContain('id_rsa');
  }
});
