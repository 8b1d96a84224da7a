import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { RunOrder } from '@quarterdeck/contract/runner-protocol';
import type { LandRequest } from './landing.ts';
import type { KeepRequest, PreparedWorkspace } from './workspace.ts';

/** A real repository with a home beside it, for tests; disposing removes both. */
export interface TemporaryRepository extends AsyncDisposable {
  readonly root: string;
  readonly path: string;
  readonly home: string;
  /** Where the private git folders are. */
  readonly trees: string;
  /** Runs git in the repository, or in `cwd`, and fails the test when git fails. */
  readonly run: (args: readonly string[], cwd?: string) => Promise<string>;
  readonly write: (files: Readonly<Record<string, string>>, cwd?: string) => Promise<void>;
  readonly commit: (message: string, cwd?: string) => Promise<string>;
}

/** A repository on branch main with one commit of these files; without files it has no commit. */
export async function temporaryRepository(
  files: Readonly<Record<string, string>> = { 'README.md': 'hello\n' },
): Promise<TemporaryRepository> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'quarterdeck workspace ')));
  const path = join(root, '-repo with space');
  const home = join(root, 'home');
  const trees = join(home, 'runner/trees');
  await mkdir(path, { recursive: true });
  const run: TemporaryRepository['run'] = async (args, cwd = path) => {
    const identity = ['-c', 'user.name=Person', '-c', 'user.email=person@example.test'];
    const plain = ['-c', 'core.quotePath=false', '-c', 'protocol.file.allow=always'];
    const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C.UTF-8' };
    const answer = await promisify(execFile)('git', [...plain, ...identity, ...args], { cwd, env });
    return answer.stdout.trim();
  };
  const write: TemporaryRepository['write'] = async (written, cwd = path) => {
    for (const [name, content] of Object.entries(written)) {
      await mkdir(dirname(join(cwd, name)), { recursive: true });
      await writeFile(join(cwd, name), content);
    }
  };
  const commit: TemporaryRepository['commit'] = async (message, cwd = path) => {
    await run(['add', '--all'], cwd);
    await run(['commit', '--quiet', '-m', message], cwd);
    return run(['rev-parse', 'HEAD'], cwd);
  };
  await run(['init', '--quiet', '--initial-branch=main']);
  await write(files);
  if (Object.keys(files).length > 0) await commit('Start');
  const remove = () => rm(root, { recursive: true, force: true, maxRetries: 5 });
  return { root, path, home, trees, run, write, commit, [Symbol.asyncDispose]: remove };
}

interface OrderChoice {
  readonly taskId?: string;
  readonly kind?: 'scratch' | 'dir' | 'worktree';
  readonly path?: string | null;
  readonly startFrom?: readonly string[];
  readonly baseBranch?: string | null;
  readonly setupCommand?: string | null;
}

/** An order for a task of the project at `projectPath`; a worktree unless said otherwise. */
export function orderFor(projectPath: string, choice: OrderChoice = {}): RunOrder {
  return RunOrder.parse({
    runId: 'r_00000001',
    taskId: choice.taskId ?? 't_00000001',
    sessionId: 's_00000001',
    title: 'A task',
    profile: 'demo',
    prompt: 'Do it.',
    token: 'token',
    project: {
      id: 'p_00000001',
      path: projectPath,
      kind: 'git',
      baseBranch: choice.baseBranch ?? null,
      setupCommand: choice.setupCommand ?? null,
    },
    workspace: {
      kind: choice.kind ?? 'worktree',
      path: choice.path ?? null,
      branch: null,
      startFrom: choice.startFrom ?? [],
      base: null,
    },
    maxRuntimeMs: 60_000,
  });
}

/** What keeping the work of a prepared worktree is asked with. */
export function keepFor(
  repository: Pick<TemporaryRepository, 'path' | 'trees'>,
  prepared: PreparedWorkspace,
  changes: Partial<KeepRequest> = {},
): KeepRequest {
  return {
    ...{ path: prepared.path, branch: prepared.branch, base: prepared.base, kind: 'worktree' },
    ...{ runId: 'r_00000001', taskId: 't_00000001', title: 'Work', agentName: 'Demo' },
    ...{ projectPath: repository.path, baseBranch: null, trees: repository.trees },
    ...changes,
  };
}

/** What landing the work of a prepared worktree is asked with. */
export function landFor(
  { path: projectPath, home, trees }: Pick<TemporaryRepository, 'path' | 'home' | 'trees'>,
  prepared: Pick<PreparedWorkspace, 'path' | 'branch'>,
  changes: Partial<LandRequest> = {},
): LandRequest {
  const { taskId, project } = orderFor(projectPath);
  return {
    ...{ home, trees, taskId, title: 'Work', projectId: project.id, projectPath, baseBranch: 'main' },
    ...{ workspacePath: prepared.path, branch: prepared.branch ?? '', base: null, head: null },
    startedFrom: null,
    ...{ strategy: 'squash', message: null },
    ...changes,
  };
}
