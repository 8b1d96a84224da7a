import { execFile } from 'node:child_process';
import { appendFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Scenario } from '../harness/scenario.ts';
import { summarize } from '../harness/statistics.ts';
import { withTempFolder } from '../harness/temp-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
/** The last commit whose runner worked on a workspace through the repository's own git folder. */
const BASELINE = '7453db6';
const STEPS = ['prepare', 'live changes', 'keep', 'changes by ids', 'land'] as const;
type Step = (typeof STEPS)[number];
type Times = Record<Step, number[]>;

/** How one version of the program works on workspaces; later ones are asked for more, which earlier ones overlook. */
interface Build {
  readonly name: string;
  readonly prepareWorkspace: (request: object, onProgress: () => void) => Promise<Answer>;
  readonly keepWork: (request: object) => Promise<Answer & { readonly commit?: string | null }>;
  readonly readDiff: (query: object) => Promise<Answer>;
  readonly landWork: (request: object) => Promise<{ readonly status: string; readonly message: string }>;
}

interface Answer {
  readonly ok?: boolean;
  readonly failure?: string;
  readonly value?: {
    readonly path: string;
    readonly branch: string;
    readonly base: string;
    readonly commit?: string;
  };
}

/** A task's work in a large repository: laying its files, showing, keeping and landing its changes. */
export const scenario: Scenario = {
  id: 'P10',
  name: 'git',
  summary: `a worktree of many files with some changed: prepare, show, keep, land; against commit ${BASELINE}`,
  async run(settings, say) {
    const sizes = { files: settings.number('files', 50_000), changed: settings.number('changed', 500) };
    const rounds = settings.number('rounds', 3);
    return withTempFolder('git', async (folder) => {
      const builds = [await loadBuild('now', ROOT), await loadBuild('before', await layBaseline(folder))];
      const times = new Map(builds.map(({ name }) => [name, emptyTimes()]));
      for (const { name } of builds) await makeRepository(join(folder, name), sizes.files);
      for (let round = 1; round <= rounds; round += 1)
        for (const build of round % 2 === 0 ? builds : [...builds].reverse()) {
          say(`round ${round} of ${rounds}, ${build.name}`);
          const taken = await playRound(build, join(folder, build.name), { round, changed: sizes.changed });
          for (const step of STEPS) times.get(build.name)?.[step].push(taken[step]);
        }
      return report(times);
    });
  },
};

function emptyTimes(): Times {
  return { prepare: [], 'live changes': [], keep: [], 'changes by ids': [], land: [] };
}

async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const identity = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.test'];
  const { stdout } = await promisify(execFile)('git', [...identity, ...args], { cwd, maxBuffer: 1 << 28 });
  return stdout.trim();
}

async function loadBuild(name: string, root: string): Promise<Build> {
  const load = (file: string) =>
    import(pathToFileURL(join(root, 'packages/agent/src/workspace', `${file}.ts`)).href);
  const files = ['prepare-workspace', 'keep-work', 'read-diff', 'land-work'];
  const modules = await Promise.all(files.map(load));
  return Object.assign({ name }, ...modules) as Build;
}

async function layBaseline(folder: string): Promise<string> {
  const root = join(folder, 'baseline');
  await mkdir(root);
  await git(
    ROOT,
    'archive',
    '--format=tar',
    `--output=${join(folder, 'baseline.tar')}`,
    BASELINE,
    'packages/agent',
  );
  await promisify(execFile)('tar', ['-xf', join(folder, 'baseline.tar'), '-C', root]);
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
  return root;
}

async function makeRepository(path: string, files: number): Promise<void> {
  await mkdir(join(path, 'repository'), { recursive: true });
  const repository = join(path, 'repository');
  await git(repository, 'init', '--quiet', '--initial-branch=main');
  for (let number = 0; number < files; number += 1) {
    const file = join(repository, fileName(number));
    if (number % 100 === 0) await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, `${`line of ${number}\n`.repeat(40)}`);
  }
  await git(repository, 'add', '--all');
  await git(repository, 'commit', '--quiet', '-m', 'Start');
}

function fileName(number: number): string {
  return `part-${Math.floor(number / 5_000)}/folder-${Math.floor(number / 100)}/file-${number}.txt`;
}

async function playRound(
  build: Build,
  path: string,
  { round, changed }: { readonly round: number; readonly changed: number },
): Promise<Record<Step, number>> {
  const repository = join(path, 'repository');
  const taskId = `t_bench${String(round).padStart(3, '0')}`;
  const common = { home: join(path, 'home'), trees: join(path, 'home/runner/trees'), taskId, title: 'Bench' };
  const given = { ...common, projectPath: repository, projectId: 'p_bench', baseBranch: 'main' };
  const order = {
    ...{
      runId: `r_bench${round}`,
      taskId,
      title: 'Bench',
      profile: 'bench',
      purpose: 'work',
      attachments: [],
    },
    project: {
      id: 'p_bench',
      path: repository,
      kind: 'git',
      baseBranch: 'main',
      setupCommand: null,
      subfolder: null,
    },
    workspace: { kind: 'worktree', path: null, branch: null, startFrom: [], base: null },
  };
  const taken = { prepare: 0, 'live changes': 0, keep: 0, 'changes by ids': 0, land: 0 };
  const timed = async <T>(step: Step, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const result = await work();
    taken[step] = performance.now() - startedAt;
    return result;
  };
  const made = await timed('prepare', () => build.prepareWorkspace({ ...common, order }, () => undefined));
  const { path: space = '', branch = '', base = '' } = made.value ?? {};
  for (let number = 0; number < changed; number += 1)
    await appendFile(join(space, fileName(number * 97 + round)), `changed in ${round}\n`);
  const query = { ...given, workspacePath: space, branch, base };
  await timed('live changes', () => build.readDiff({ ...query, head: null, isLive: true }));
  const kept = await timed('keep', () =>
    build.keepWork({ ...query, path: space, kind: 'worktree', runId: order.runId, agentName: 'Bench' }),
  );
  const head = kept.commit ?? kept.value?.commit ?? null;
  await timed('changes by ids', () => build.readDiff({ ...query, head, isLive: false }));
  await writeFile(join(repository, `person-${round}.txt`), 'moved on\n');
  await git(repository, 'add', '--all');
  await git(repository, 'commit', '--quiet', '-m', 'Move on');
  const landed = await timed('land', () =>
    build.landWork({ ...query, base: null, head, strategy: 'merge', message: null }),
  );
  if (landed.status !== 'landed') throw new Error(`${build.name}: ${landed.message}`);
  return taken;
}

function report(times: ReadonlyMap<string, Times>) {
  const middle = (name: string, step: Step) => summarize(times.get(name)?.[step] ?? []).p50;
  const rows = STEPS.map((step) => [
    step,
    middle('before', step),
    middle('now', step),
    middle('now', step) / middle('before', step),
  ]);
  return {
    tables: [{ title: 'median, ms', columns: ['step', 'before', 'now', 'now / before'], rows }],
    verdicts: STEPS.map((step) => {
      const share = middle('now', step) / middle('before', step);
      return {
        what: step,
        target: 'at most 1.1 × before',
        seen: `${share.toFixed(2)} ×`,
        isMet: share <= 1.1,
      };
    }),
    faults: {},
  };
}
