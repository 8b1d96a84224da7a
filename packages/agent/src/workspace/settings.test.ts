import { execFile } from 'node:child_process';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { keepWork } from './keep-work.ts';
import { landWork } from './land-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { readDiff } from './read-diff.ts';
import { findReviewed, setAside } from './set-aside.ts';
import { keepFor, orderFor, temporaryRepository } from './temporary-repository.ts';

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

/** Prepares, keeps, shows, reviews and lands one piece of work, and tells everything that came of it. */
async function play({ inRepository = '', ofPerson = '' }: Scene): Promise<unknown> {
  await using repository = await temporaryRepository({
    'a.txt': 'one\n\ntwo\nthree\n',
    'b.txt': 'b\n'.repeat(20),
    'unix.txt': '1\n2\n',
  });
  const { home, trees, root, path: projectPath } = repository;
  const global = join(root, 'person.config');
  await writeFile(global, `${PERSON}${ofPerson}`);
  vi.stubEnv('GIT_CONFIG_GLOBAL', global);
  await appendFile(join(projectPath, '.git/config'), inRepository);
  const made = await prepareWorkspace(
    { order: orderFor(projectPath, { baseBranch: 'main' }), home, trees },
    () => undefined,
  );
  if (!made.ok) throw new Error(made.failure);
  const { path, branch, base } = made.value;
  const laid = await readFile(join(path, 'a.txt'), 'utf8');
  await repository.write(
    {
      'a.txt': 'one\n\nTWO  \nthree\n',
      'mixed.txt': 'x\r\ny\n',
      'new/ü.txt': '\n\n',
      'copy.txt': 'b\n'.repeat(20),
    },
    path,
  );
  await promisify(execFile)('mv', ['unix.txt', 'moved.txt'], { cwd: path });
  const spot = { trees, path, projectPath };
  const asked = { workspacePath: path, branch, projectPath, baseBranch: 'main', trees, base };
  const live = await readDiff({ ...asked, head: null, isLive: true });
  const kept = await keepWork(keepFor(repository, made.value, { baseBranch: 'main', title: '# 1 mend' }));
  const shown = await readDiff({ ...asked, head: kept.commit, isLive: false });
  const reviewed = await findReviewed(spot);
  await repository.write({ 'a.txt': 'reviewer\n' }, path);
  const aside = await setAside({ ...spot, branch: branch ?? '', head: reviewed ?? '', name: 'r_1' });
  const back = await readFile(join(path, 'a.txt'), 'utf8');
  const bare = (args: readonly string[]) =>
    promisify(execFile)('git', ['-c', 'user.name=P', '-c', 'user.email=p@example.test', ...args], {
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_DIR: join(root, 'plain'),
        GIT_OBJECT_DIRECTORY: join(projectPath, '.git/objects'),
      },
    });
  await promisify(execFile)('git', ['init', '--quiet', '--bare', join(root, 'plain')], {
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
  });
  const read = async (revision: string) =>
    (await bare(['cat-file', '-p', revision])).stdout.replace(
      /^(tree|parent|author|committer|Quarterdeck-Head:) .*?( \d+ [+-]\d{4})?$/gm,
      (line) => line.replace(/ \d+ [+-]\d{4}$/, '').replace(/^(parent|Quarterdeck-Head:) .*/, '$1'),
    );
  const later = (
    await bare(['commit-tree', `${base}^{tree}`, '-p', base ?? '', '-m', 'Later'])
  ).stdout.trim();
  await writeFile(join(projectPath, '.git/refs/heads/main'), `${later}\n`);
  const landing = {
    home,
    trees,
    taskId: 't_00000001',
    title: '# 1 mend',
    projectId: 'p_00000001',
    projectPath,
    baseBranch: 'main',
  };
  const landed = await landWork({
    ...landing,
    workspacePath: path,
    branch,
    base,
    head: kept.commit,
    strategy: 'merge',
    message: null,
  } as Parameters<typeof landWork>[0]);
  if (landed.commit === null) throw new Error(`${landed.message} ${JSON.stringify(kept)}`);
  const strip = (diff: typeof live) => (diff.ok ? { ...diff.value, base: null, head: null } : diff);
  return {
    ...{
      laid,
      back,
      aside,
      live: strip(live),
      shown: strip(shown),
      status: landed.status,
      message: landed.message,
    },
    ...{ kept: { ...kept, commit: null, base: null, notes: [] } },
    ...{
      commit: await read(kept.commit ?? ''),
      merge: await read(landed.commit ?? ''),
      tree: await read(`${landed.commit}^{tree}`),
    },
    ...{
      checkout: await readFile(join(projectPath, 'moved.txt'), 'utf8'),
      crlf: await readFile(join(projectPath, 'mixed.txt'), 'utf8'),
    },
  };
}

test('S1, F03, F15: no setting of the repository changes what is kept, shown, set aside and landed', {
  timeout: 120_000,
}, async () => {
  const plain = await play({});
  expect(await play({ inRepository: render(await oddSettings()) })).toEqual(plain);
  expect(plain).toMatchObject({ status: 'landed', kept: { keepFailure: null, leftOut: [] } });
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
    expect(await play({ ofPerson: `[merge]\n\tff = ${value}\n` })).toMatchObject({ status: 'landed' });
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
