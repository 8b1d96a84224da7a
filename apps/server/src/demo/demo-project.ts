import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DEMO_REPOSITORY } from '@quarterdeck/agent/demo/demo-repository';
import { DEMO_TASKS } from '@quarterdeck/agent/demo/demo-story';
import type { ProjectId, TaskId } from '@quarterdeck/contract/ids';
import { createTask, GENERAL_PROJECT } from '@quarterdeck/core/board';
import { addProject, type PlanningDeps } from '@quarterdeck/core/planning';
import type { UseCaseDeps } from '../use-case-deps.ts';

const run = promisify(execFile);
const DEMO_PROJECT = 'p_demo' as ProjectId;
const ACTOR = 'demo';

type DemoDeps = UseCaseDeps & Pick<PlanningDeps, 'folders'>;

/**
 * Puts the demo on an empty home: a small real git repository and six tasks that wait for each other. On a home with projects or
 * tasks of its own nothing happens. Each step can be repeated, so a kill in between leaves nothing half-made.
 */
export async function setUpDemo(deps: DemoDeps, home: string): Promise<void> {
  if (!(await isFresh(deps))) return;
  const path = join(home, 'demo', 'harbour-log');
  await makeRepository(path);
  const project = { path, name: 'Harbour log (demo)', defaultProfile: 'demo' };
  const added = await addProject(deps, { project, actor: ACTOR, id: DEMO_PROJECT });
  if (!added.ok && added.refusal.code !== 'project_exists') throw new Error(added.refusal.message);
  await createDemoTasks(deps);
}

async function isFresh(deps: DemoDeps): Promise<boolean> {
  return deps.db.read(async (ports) => {
    const projects = await ports.projects.list();
    if (projects.some((project) => project.id !== GENERAL_PROJECT && project.id !== DEMO_PROJECT))
      return false;
    const tasks = await ports.tasks.list({ includeArchived: true });
    return tasks.length < DEMO_TASKS.length && tasks.every((task) => task.projectId === DEMO_PROJECT);
  });
}

/** Made beside its place and renamed, so that a half-made repository is never taken for a whole one. */
async function makeRepository(path: string): Promise<void> {
  if (existsSync(path)) return;
  const draft = `${path}.draft`;
  await rm(draft, { recursive: true, force: true });
  for (const [name, content] of Object.entries(DEMO_REPOSITORY)) {
    const file = join(draft, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const git = (...args: string[]) => run('git', ['-C', draft, ...args]);
  await git('init', '-q', '-b', 'main');
  await git('add', '-A');
  const author = [
    '-c',
    'user.name=Quarterdeck',
    '-c',
    'user.email=quarterdeck@localhost',
    '-c',
    'commit.gpgsign=false',
  ];
  await git(...author, 'commit', '-q', '-m', 'Start the harbour log');
  await rename(draft, path);
}

async function createDemoTasks(deps: DemoDeps): Promise<void> {
  const ids: TaskId[] = [];
  for (const [index, demo] of DEMO_TASKS.entries()) {
    const task = {
      title: demo.title,
      body: demo.body,
      priority: demo.priority,
      assignee: 'demo',
      projectId: DEMO_PROJECT,
      parents: demo.parents.flatMap((parent) => ids[parent] ?? []),
      idempotencyKey: `demo:${index + 1}`,
    };
    const created = await createTask(deps, { task, actor: ACTOR });
    if (!created.ok) throw new Error(created.refusal.message);
    ids.push(created.value.id);
  }
}
