import { execFile } from 'node:child_process';
import { appendFile, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { keepWork } from './keep-work.ts';
import { landWork } from './land-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { readDiff } from './read-diff.ts';
import { findReviewed, setAside } from './set-aside.ts';
import {
  keepFor,
  landFor,
  orderFor,
  type TemporaryRepository,
  temporaryRepository,
} from './temporary-repository.ts';

afterEach(() => vi.unstubAllEnvs());

/** Values that would change what git does, where a plain `true` would not. */
const ODD: Readonly<Record<string, string>> = {
  'blame.date': 'raw',
  'checkout.workers': '2',
  'column.ui': 'always',
  'color.ui': 'always',
  'commit.cleanup': 'scissors',
  'commit.template': '/etc/hostname',
  'core.abbrev': '4',
  'core.attributesFile': '/etc/hostname',
  'core.autocrlf': 'true',
  'core.bigFileThreshold': '1',
  'core.checkStat': 'minimal',
  'core.commentChar': '!',
  'core.compression': '0',
  'core.eol': 'crlf',
  'core.fsmonitorHookVersion': '2',
  'core.hooksPath': '/nowhere',
  'core.looseCompression': '0',
  'core.logAllRefUpdates': 'always',
  'core.packedGitLimit': '1m',
  'core.packedGitWindowSize': '1m',
  'core.sharedRepository': 'umask',
  'core.whitespace': 'trailing-space',
  'core.deltaBaseCacheLimit': '1m',
  'core.filesRefLockTimeout': '100',
  'core.packedRefsTimeout': '100',
  'core.worktree': '/tmp',
  'core.createObject': 'link',
  'core.fsync': 'none',
  'core.fsyncMethod': 'batch',
  'core.untrackedCache': 'keep',
  'core.checkRoundtripEncoding': 'UTF-16',
  'diff.algorithm': 'patience',
  'diff.colorMoved': 'zebra',
  'diff.colorMovedWS': 'ignore-all-space',
  'diff.context': '0',
  'diff.dirstat': 'lines',
  'diff.interHunkContext': '9',
  'diff.orderFile': '/etc/hostname',
  'diff.renameLimit': '1',
  'diff.renames': 'false',
  'diff.statGraphWidth': '1',
  'diff.submodule': 'log',
  'diff.wordRegex': '.',
  'diff.wsErrorHighlight': 'all',
  'diff.ignoreSubmodules': 'all',
  'diff.indentHeuristic': 'false',
  'diff.autoRefreshIndex': 'false',
  'i18n.commitEncoding': 'ISO-8859-1',
  'i18n.logOutputEncoding': 'UTF-16',
  'index.threads': '1',
  'index.version': '4',
  'log.date': 'raw',
  'log.decorate': 'full',
  'log.diffMerges': 'combined',
  'merge.conflictStyle': 'diff3',
  'merge.directoryRenames': 'false',
  'merge.ff': 'only',
  'merge.renameLimit': '1',
  'merge.renames': 'false',
  'merge.verbosity': '5',
  'merge.log': '5',
  'notes.mergeStrategy': 'union',
  'notes.displayRef': 'refs/notes/*',
  'pull.twohead': 'ours',
  'pull.octopus': 'ours',
  'status.showUntrackedFiles': 'no',
  'status.renames': 'copies',
  'submodule.fetchJobs': '2',
  'protocol.allow': 'never',
  'protocol.version': '0',
  'fetch.negotiationAlgorithm': 'noop',
  'safe.bareRepository': 'explicit',
  'user.name': 'Mallory',
  'user.email': 'mallory@example.test',
  'author.name': 'Mallory',
  'committer.name': 'Mallory',
  'author.email': 'm@example.test',
  'committer.email': 'm@example.test',
  'gc.auto': '1',
  'gc.pruneExpire': 'now',
  'pack.windowMemory': '1m',
  'transfer.unpackLimit': '1',
  'fetch.unpackLimit': '1',
  'branch.autoSetupMerge': 'always',
  'branch.autoSetupRebase': 'always',
  'init.defaultBranch': 'trunk',
  'advice.statusHints': 'false',
  'apply.whitespace': 'fix',
  'format.pretty': 'raw',
  'trailer.separators': '%',
  'rerere.enabled': 'true',
  'push.default': 'nothing',
  'remote.pushDefault': 'x',
  'sparse.expectFilesOutsideOfPatterns': 'true',
  'core.excludesFile': '/etc/hostname',
  'diff.suppressBlankEmpty': 'true',
  'diff.noprefix': 'true',
  'diff.mnemonicPrefix': 'true',
  'diff.srcPrefix': 'x/',
  'diff.dstPrefix': 'y/',
  'diff.relative': 'true',
};

/** What git itself refuses to work with, or cannot be set without making it another repository. */
const NOT_TRIED =
  /^(core\.(repositoryFormatVersion|bare|sparseCheckout|sparseCheckoutCone|gitProxy|askPass|restrictinheritedhandles|unsetenvvars|hideDotFiles|precomposeUnicode|protectNTFS|protectHFS)|extensions\.|pack\.|http|credential|imap|sendemail|gitcvs|gitweb|git-p4|cvs|svn|instaweb|guitool|gui|browser|help|man|web|difftool|mergetool|mailinfo|mailmap|receive|uploadpack|remote|repack|url|trace2|versionsort|ssh|sequence|splitIndex|stash|tar|completion|bundle|include|alias|pager|pretty|lsrefs|interactive|rebase|showBranch|uploadarchive|upload|request|grep|filter|format|color|column|maintenance|fetch\.fsck|fsck|commitGraph|gc\.|gpg|push|notes|advice|am\.|blame|clean|clone|doc|init|dateformat|cola|fastimport)/i;

/** Every setting that this git knows and that bears on work with files and commits, each with a value that is not its own. */
async function oddSettings(): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await promisify(execFile)('git', ['help', '--config']);
  const known = stdout
    .split('\n')
    .filter((name) => /^[a-zA-Z0-9.]+$/.test(name) && !name.endsWith('.*') && !NOT_TRIED.test(name));
  const all = new Map(known.map((name) => [name, ODD[name] ?? 'true']));
  for (const [name, value] of Object.entries(ODD)) all.set(name, value);
  return all;
}

function render(settings: ReadonlyMap<string, string>): string {
  return [...settings]
    .map(([name, value]) => {
      const [section, ...rest] = name.split('.');
      const key = rest.pop();
      return `[${section}${rest.length > 0 ? ` "${rest.join('.')}"` : ''}]\n\t${key} = "${value}"\n`;
    })
    .join('');
}

interface Scene {
  readonly inRepository?: string;
  readonly ofPerson?: string;
}

const PERSON = '[user]\n\tname = Person\n\temail = person@example.test\n';

const FILES = { 'a.txt': 'one\n\ntwo\nthree\n', 'b.txt': 'b\n'.repeat(20), 'unix.txt': '1\n2\n' };
const WORK = {
  'a.txt': 'one\n\nTWO  \nthree\n',
  'mixed.txt': 'x\r\ny\n',
  'new/ü.txt': '\n\n',
  'copy.txt': 'b\n'.repeat(20),
};

/** Reads and writes objects of a repository with no settings at all. */
async function plainGit({ root, path }: TemporaryRepository) {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' };
  const plain = join(root, 'plain');
  await promisify(execFile)('git', ['init', '--quiet', '--bare', plain], { env });
  const own = { ...env, GIT_DIR: plain, GIT_OBJECT_DIRECTORY: join(path, '.git/objects') };
  const who = ['-c', 'user.name=P', '-c', 'user.email=p@example.test'];
  const git = async (...args: readonly string[]) =>
    (await promisify(execFile)('git', [...who, ...args], { env: own })).stdout.trim();
  // Times and the ids that hang on them differ between two plays.
  const read = async (revision: string) =>
    (await git('cat-file', '-p', revision)).replace(
      /^(parent|Quarterdeck-Head:) .*|( \d+ [+-]\d{4})$/gm,
      '$1',
    );
  return { git, read };
}

async function prepare(repository: TemporaryRepository, { inRepository = '', ofPerson = '' }: Scene) {
  const { home, trees, root, path } = repository;
  await writeFile(join(root, 'person.config'), `${PERSON}${ofPerson}`);
  vi.stubEnv('GIT_CONFIG_GLOBAL', join(root, 'person.config'));
  await appendFile(join(path, '.git/config'), inRepository);
  const order = orderFor(path, { baseBranch: 'main' });
  const made = await prepareWorkspace({ order, home, trees }, () => undefined);
  if (!made.ok) throw new Error(made.failure);
  return made.value;
}

/** Prepares, keeps, shows, reviews and lands one piece of work, and tells everything that came of it. */
async function play(scene: Scene): Promise<unknown> {
  await using repository = await temporaryRepository(FILES);
  const made = await prepare(repository, scene);
  const { path, branch, base } = made;
  const { trees, path: projectPath } = repository;
  const laid = await readFile(join(path, 'a.txt'), 'utf8');
  await repository.write(WORK, path);
  await rename(join(path, 'unix.txt'), join(path, 'moved.txt'));
  const show = async (head: string | null, isLive: boolean) => {
    const asked = { workspacePath: path, branch, projectPath, baseBranch: 'main', trees, base };
    const diff = await readDiff({ ...asked, head, isLive });
    return diff.ok ? { ...diff.value, base: null, head: null } : diff;
  };
  const live = await show(null, true);
  const kept = await keepWork(keepFor(repository, made, { baseBranch: 'main', title: '# 1 mend' }));
  const shown = await show(kept.commit, false);
  const head = (await findReviewed({ trees, path, projectPath })) ?? '';
  await repository.write({ 'a.txt': 'reviewer\n' }, path);
  const aside = await setAside({ trees, path, projectPath, branch: branch ?? '', head, name: 'r_1' });
  const back = await readFile(join(path, 'a.txt'), 'utf8');
  const { git, read } = await plainGit(repository);
  const later = await git('commit-tree', `${base}^{tree}`, '-p', base ?? '', '-m', 'Later');
  await writeFile(join(projectPath, '.git/refs/heads/main'), `${later}\n`);
  const asked = { title: '# 1 mend', base, head: kept.commit, strategy: 'merge' } as const;
  const landed = await landWork(landFor(repository, made, asked));
  const commits = [kept.commit, landed.commit, `${landed.commit}^{tree}`];
  return {
    ...{ laid, live, shown, aside, back, landed: { ...landed, commit: null, base: null, head: null } },
    kept: { ...kept, commit: null, base: null, notes: [] },
    objects: await Promise.all(commits.map((id) => read(id ?? ''))),
    checkout: await Promise.all(
      ['moved.txt', 'mixed.txt'].map((name) => readFile(join(projectPath, name), 'utf8')),
    ),
  };
}

test('S1, F03, F15: no setting of the repository changes what is kept, shown, set aside and landed', {
  timeout: 120_000,
}, async () => {
  const plain = await play({});
  expect(await play({ inRepository: render(await oddSettings()) })).toEqual(plain);
  expect(plain).toMatchObject({ landed: { status: 'landed' }, kept: { keepFailure: null, leftOut: [] } });
});

test('F03, F06, F15: no setting of the person does, but the few that are theirs to choose', {
  timeout: 120_000,
}, async () => {
  const plain = await play({});
  const settings = new Map(
    [...(await oddSettings())].filter(
      ([name]) => !/^(user|author|committer|core\.(excludesFile|worktree))/.test(name),
    ),
  );
  expect(await play({ ofPerson: render(settings) })).toEqual(plain);
});

test.each(['only', 'false', 'true'])(
  'F03: work lands with merge.ff=%s',
  { timeout: 60_000 },
  async (value) => {
    expect(await play({ ofPerson: `[merge]\n\tff = ${value}\n` })).toMatchObject({
      landed: { status: 'landed' },
    });
  },
);

test('what is the person’s to choose is heeded: name, files never committed, a filter of their own', {
  timeout: 60_000,
}, async () => {
  await using repository = await temporaryRepository({
    '.gitattributes': '*.txt filter=loud\n',
    'README.md': 'x\n',
  });
  const { home, trees, root } = repository;
  await writeFile(join(root, 'never'), '*.secret\n');
  await writeFile(join(root, 'more.config'), '[user]\n\tname = Included\n\temail = i@example.test\n');
  await writeFile(
    join(root, 'person.config'),
    `[include]\n\tpath = more.config\n[core]\n\texcludesFile = ${root}/never\n[filter "loud"]\n\tclean = "tr a-z A-Z"\n`,
  );
  vi.stubEnv('GIT_CONFIG_GLOBAL', join(root, 'person.config'));
  const made = await prepareWorkspace({ order: orderFor(repository.path), home, trees }, () => undefined);
  if (!made.ok) throw new Error(made.failure);
  await repository.write({ 'a.txt': 'quiet\n', 'key.secret': 'x\n' }, made.value.path);
  const kept = await keepWork(keepFor(repository, made.value));
  expect(await repository.run(['show', `${kept.commit}:a.txt`])).toBe('QUIET');
  expect(await repository.run(['ls-tree', '--name-only', kept.commit ?? ''])).not.toContain('secret');
  expect(await repository.run(['log', '-1', '--format=%an <%ae>', kept.commit ?? ''])).toBe(
    'Included <i@example.test>',
  );
});
