import { appendFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepWork } from './keep-work.ts';
import { landWork } from './land-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { readDiff } from './read-diff.ts';
import {
  keepFor,
  landFor,
  orderFor,
  type TemporaryRepository,
  temporaryRepository,
} from './temporary-repository.ts';

interface Agent {
  readonly repository: TemporaryRepository;
  readonly space: string;
  readonly git: (...args: readonly string[]) => Promise<string>;
  readonly write: (files: Readonly<Record<string, string>>) => Promise<void>;
}

const BRANCH = 'qd/t_00000001';

/** What an agent does to make a reviewer see something else than what lands, and what it does without malice. */
const DEEDS: Readonly<Record<string, (agent: Agent, number: number) => Promise<unknown>>> = {
  'writes a file': ({ write }, number) => write({ [`file ${number}.txt`]: `${number}\n` }),
  'changes a file': ({ space }, number) => appendFile(join(space, 'a.txt'), `${number}\n`),
  'commits everything': async ({ git }) => {
    await git('add', '--all').catch(() => undefined);
    await git('commit', '--quiet', '--allow-empty', '-m', 'Mine').catch(() => undefined);
  },
  'moves the remembered base': ({ git }) => git('update-ref', `refs/quarterdeck/base/${BRANCH}`, 'HEAD'),
  'replaces a file in the eyes of git': async ({ git, write }) => {
    await write({ 'evil.sh': 'evil\n' });
    await git('add', 'evil.sh');
    await git('commit', '--quiet', '--allow-empty', '-m', 'Evil');
    await write({ 'nice.sh': 'nice\n' });
    const nice = (await git('hash-object', '-w', 'nice.sh')).trim();
    await rm(join((await git('rev-parse', '--show-toplevel')).trim(), 'nice.sh'));
    await git('replace', '--force', (await git('rev-parse', 'HEAD:evil.sh')).trim(), nice);
  },
  'replaces its commit in the eyes of git': async ({ git }) => {
    const base = await git('rev-parse', 'main');
    const other = await git('commit-tree', 'main^{tree}', '-p', base.trim(), '-m', 'Nothing');
    if ((await git('rev-parse', 'HEAD')) !== base) await git('replace', '--force', 'HEAD', other.trim());
  },
  'hides a file from git': async ({ git, write }) => {
    await git('update-index', '--assume-unchanged', 'a.txt').catch(() => undefined);
    await write({ 'a.txt': 'hidden\n' });
  },
  'skips a file': async ({ git, space }) => {
    await git('update-index', '--skip-worktree', 'b.txt').catch(() => undefined);
    await appendFile(join(space, 'b.txt'), 'skipped\n');
  },
  'stages what is in no file': async ({ git, write }, number) => {
    await write({ loose: `loose ${number}\n` });
    const id = (await git('hash-object', '-w', 'loose')).trim();
    await git('update-index', '--add', '--cacheinfo', `100644,${id},staged.txt`);
  },
  'says that text is binary': ({ write }) =>
    write({ '.gitattributes': '* binary\n*.txt -diff\n*.sh export-ignore\n' }),
  'asks for other line ends': ({ write }) => write({ '.gitattributes': '* text=auto eol=crlf\n' }),
  'ignores what it wrote': ({ write }) =>
    write({ '.gitignore': '*.txt\n!file 1.txt\n', 'ignored.txt': 'x\n' }),
  'adds what is ignored': async ({ git, write }) => {
    await write({ '.gitignore': '*.log\n', 'kept.log': 'x\n' });
    await git('add', '--force', 'kept.log');
  },
  'leaves for a branch of its own': ({ git }, number) => git('checkout', '--quiet', '-B', `own-${number}`),
  'lets go of all branches': ({ git }) => git('checkout', '--quiet', '--detach'),
  'names a tag like the base branch': ({ git }) => git('tag', '--force', 'main', 'HEAD'),
  'names a branch like the task': ({ git }) => git('branch', '--force', `refs/heads/${BRANCH}`, 'HEAD'),
  'grafts history': async ({ git, repository }) =>
    writeFile(join(repository.path, '.git/info/grafts'), `${(await git('rev-parse', 'HEAD')).trim()}\n`),
  'cuts history off': async ({ git, repository }) =>
    writeFile(join(repository.path, '.git/shallow'), `${(await git('rev-parse', 'HEAD')).trim()}\n`),
  'links to elsewhere': ({ space }, number) => symlink('/etc/passwd', join(space, `link-${number}`)),
  'makes a repository inside': async ({ git, space }, number) => {
    await mkdir(join(space, `inner-${number}`), { recursive: true });
    await git('init', '--quiet', `inner-${number}`);
  },
  'merges the base branch': ({ git }) => git('merge', '--quiet', '--no-edit', 'refs/heads/main'),
  'writes settings': async ({ git }) => {
    for (const [name, value] of [
      ['diff.orderFile', '/etc/passwd'],
      ['diff.noprefix', 'true'],
      ['core.quotePath', 'true'],
      ['diff.renames', 'copies'],
      ['merge.renames', 'false'],
      ['core.abbrev', '5'],
    ])
      await git('config', name ?? '', value ?? '');
  },
  'moves the base branch to its work': ({ git }) => git('update-ref', 'refs/heads/main', 'HEAD'),
};

async function prepare(repository: TemporaryRepository) {
  const { home, trees, path } = repository;
  const order = orderFor(path, { baseBranch: 'main' });
  const made = await prepareWorkspace({ order, home, trees }, () => undefined);
  if (!made.ok) throw new Error(made.failure);
  // The person is on a branch of their own.
  await repository.run(['switch', '--quiet', '-c', 'person']);
  return made.value;
}

async function play(names: readonly string[]): Promise<void> {
  await using repository = await temporaryRepository({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
  const made = await prepare(repository);
  const { path: space, base } = made;
  const agent: Agent = {
    ...{ repository, space, git: (...args) => repository.run(args, space) },
    write: (files) => repository.write(files, space),
  };
  for (const [number, name] of names.entries()) await DEEDS[name]?.(agent, number);
  const movedTo = await repository.run(['rev-parse', 'refs/heads/main']);
  const kept = await keepWork(keepFor(repository, made, { baseBranch: 'main' }));
  expect(await repository.run(['rev-parse', 'refs/heads/main'])).toBe(movedTo);
  const { path: projectPath, trees } = repository;
  const seen = { workspacePath: space, branch: BRANCH, projectPath, baseBranch: 'main', trees };
  const shown = await readDiff({ ...seen, base, head: kept.commit, isLive: false });
  if (!shown.ok) throw new Error(shown.failure);
  const landed = await landWork(
    landFor(repository, made, { base: shown.value.base, head: shown.value.head }),
  );
  if (landed.status === 'landed')
    expect(shown.value.patch.trim()).toBe(await readLanded(repository, movedTo));
  else
    expect(
      kept.keepFailure !== null ||
        names.some((name) => /base branch|branch of its own|all branches/.test(name)),
    ).toBe(true);
}

/** Another repository has only what is really there: no replaced objects, no grafts, no settings. */
async function readLanded(repository: TemporaryRepository, from: string): Promise<string> {
  const clone = join(repository.root, 'clone');
  await rm(join(repository.path, '.git/shallow'), { force: true });
  const quietly = [
    '-c',
    'advice.graftFileDeprecated=false',
    'clone',
    '--quiet',
    '--no-local',
    '--no-checkout',
  ];
  await repository.run([...quietly, '--branch', 'main', repository.path, clone]);
  const plain = ['diff', '--no-ext-diff', '--no-textconv', '--text', '--find-renames'];
  return repository.run([...plain, from, 'refs/remotes/origin/main'], clone);
}

test.each(Object.keys(DEEDS))(
  'S2: an agent that %s is shown as it lands',
  { timeout: 60_000 },
  async (name) => {
    await play(['changes a file', name, 'writes a file', 'commits everything', name]);
  },
);

test('S2: what is shown is what lands, whatever the agent does with git', { timeout: 300_000 }, async () => {
  const deeds = fc.array(fc.constantFrom(...Object.keys(DEEDS)), { minLength: 3, maxLength: 8 });
  await fc.assert(fc.asyncProperty(deeds, play), { numRuns: 8, endOnFailure: true });
});
