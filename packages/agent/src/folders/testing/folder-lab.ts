import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { RunOrder } from '@quarterdeck/contract/runner-protocol';
import type { PrepareRequest } from '../../workspace/workspace.ts';
import { copyBack } from '../copy-back.ts';
import { keepFolder } from '../keep-folder.ts';
import { prepareCopy } from '../prepare-copy.ts';
import { prepareInPlace, prepareScratch } from '../prepare-folder.ts';
import { readFolderDiff } from '../read-folder-diff.ts';

type Kind = 'copy' | 'dir' | 'scratch';

interface Choice {
  readonly taskId?: string;
  readonly kind?: Kind;
  readonly base?: string | null;
  readonly startFrom?: readonly string[];
  readonly setupCommand?: string | null;
}

/** A plain folder of a person with blanks and accents in its path, and what the product does with it. */
export async function openFolderLab(files: Readonly<Record<string, string>> = { 'a.txt': 'one\n' }) {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'quarterdeck folder é ')));
  const folder = join(root, 'my notes');
  const trees = join(root, 'home', 'runner', 'trees');
  await mkdir(trees, { recursive: true });
  const write = async (written: Readonly<Record<string, string>>, at = folder) => {
    for (const [name, content] of Object.entries(written)) {
      await mkdir(dirname(join(at, name)), { recursive: true });
      await writeFile(join(at, name), content);
    }
  };
  await mkdir(folder);
  await write(files);
  const said: string[] = [];
  const site = (taskId = 't_00000001') => ({ projectId: 'p_00000001', taskId, trees });
  const prepare = async (choice: Choice = {}) => {
    const request: PrepareRequest = { order: orderFor(folder, choice), home: join(root, 'home'), trees };
    const how = { copy: prepareCopy, dir: prepareInPlace, scratch: prepareScratch }[choice.kind ?? 'copy'];
    const prepared = await how(request, (line) => said.push(line));
    if (!prepared.ok) throw new Error(prepared.failure);
    return { ...prepared.value, base: prepared.value.base ?? '' };
  };
  const keep = (work: { path: string; base: string }, choice: Choice = {}) =>
    keepFolder({
      ...site(choice.taskId),
      ...{
        path: work.path,
        base: work.base,
        kind: choice.kind ?? 'copy',
        title: 'Mend it',
        agentName: 'Demo',
      },
    });
  const land = (work: { base: string; head: string | null }, taskId?: string) =>
    copyBack({ ...site(taskId), folder, base: work.base, head: work.head });
  const diff = (
    work: { path: string; base: string; head?: string | null },
    choice: Choice & { isLive?: boolean } = {},
  ) =>
    readFolderDiff({
      ...site(choice.taskId),
      ...{ workspacePath: work.path, branch: null, projectPath: folder, baseBranch: null },
      ...{ base: work.base, head: work.head ?? null, isLive: choice.isLive ?? false },
    });
  const dispose = () => rm(root, { recursive: true, force: true, maxRetries: 3 });
  return {
    root,
    folder,
    trees,
    site,
    said,
    write,
    prepare,
    keep,
    land,
    diff,
    [Symbol.asyncDispose]: dispose,
  };
}

function orderFor(path: string, choice: Choice): RunOrder {
  return RunOrder.parse({
    ...{
      runId: 'r_00000001',
      taskId: choice.taskId ?? 't_00000001',
      sessionId: 's_00000001',
      title: 'Mend it',
    },
    ...{ profile: 'demo', prompt: 'Do it.', token: 'token', maxRuntimeMs: 60_000 },
    project: {
      ...{ id: 'p_00000001', path, kind: 'folder', baseBranch: null },
      setupCommand: choice.setupCommand ?? null,
    },
    workspace: {
      ...{ kind: choice.kind ?? 'copy', path: null, branch: null },
      ...{ base: choice.base ?? null, startFrom: choice.startFrom ?? [] },
    },
  });
}

/** Everything in a folder: content of files, targets of links, and who may run what. */
export async function contents(folder: string): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const name of (await readdir(folder, { recursive: true })).toSorted()) {
    const path = join(folder, name);
    const found = await lstat(path);
    if (found.isSymbolicLink()) all[name] = `-> ${await readlink(path)}`;
    else if (found.isFile())
      all[name] = `${(found.mode & 0o100) === 0 ? '' : '* '}${await readFile(path, 'utf8')}`;
    else if (!found.isDirectory()) all[name] = 'special';
  }
  return all;
}
