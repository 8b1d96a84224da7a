import { fixtureProject, fixtureRun, fixtureTask, NOW } from './fixture-objects.ts';
import { createFixtureTerminal, type TerminalFixture } from './fixture-terminal.ts';
import { startFixtureService } from './start-fixture-service.ts';

export const ready = fixtureTask();
export const blocked = fixtureTask({
  id: 't_78bb0001',
  title: 'Rotate keys',
  status: 'blocked',
  blockReason: 'needs a key',
  assignee: 'mia',
});
export const board = {
  columns: [
    { name: 'ready', tasks: [ready] },
    { name: 'blocked', tasks: [blocked] },
  ],
  links: [],
  tenants: [],
  assignees: [],
  latestEventId: 7,
  now: NOW,
} as const;

export function detailOf(task = ready, runs: readonly ReturnType<typeof fixtureRun>[] = []) {
  const waiting = [{ code: 'no_runner', message: 'No runner is connected.', remedy: 'Start one.' }] as const;
  return {
    task,
    comments: [],
    links: { parents: [], children: [] },
    runs: [...runs],
    waiting: [...waiting],
    attachments: [],
    diagnostics: [],
    seq: 7,
  };
}

export function serve(runs: readonly ReturnType<typeof fixtureRun>[] = []) {
  return startFixtureService({
    'board.show': () => ({
      ...board,
      columns: board.columns.map((column) => ({ ...column, tasks: [...column.tasks] })),
      links: [],
      tenants: [],
      assignees: [],
      labels: [],
    }),
    'task.show': () => detailOf(ready, runs),
    'task.create': () => ({ task: ready }),
    'task.update': () => ({ task: ready }),
    'task.comment': () => ({
      ok: true,
      comment: { id: 1, taskId: ready.id, author: 'mia', body: 'x', createdAt: NOW },
      woken: [],
    }),
    'run.stop': () => ({ run: fixtureRun({ status: 'stopping' }) }),
    'session.prompt': () => ({ ok: true }),
    'project.list': () => ({ projects: [fixtureProject()] }),
  });
}

export type Service = Awaited<ReturnType<typeof serve>>;

export function shellAt(service: { readonly url: string }, fixture: TerminalFixture = {}) {
  return createFixtureTerminal({ ...fixture, env: { QUARTERDECK_URL: service.url, ...fixture.env } });
}

/** Body of the last request to a route. */
export function lastBody(service: Service, name: string): unknown {
  return service.asked.findLast((each) => each.name === name)?.asked.body;
}
