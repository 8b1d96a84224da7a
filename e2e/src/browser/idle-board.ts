import { join } from 'node:path';
import { createTask } from '../program/board-view.ts';
import { makeRepository } from '../program/make-repository.ts';
import { type Program, startProgram } from '../program/start-program.ts';

export interface IdleBoard {
  readonly program: Program;
  readonly projectId: string;
  /** Creates a task nobody is given, so that it stays where it is put. */
  add(title: string, more?: Record<string, unknown>): Promise<string>;
}

/** A program without the demo, with one project on which no agent works. */
export async function startIdleBoard(): Promise<IdleBoard> {
  const program = await startProgram({ args: ['--no-demo'] });
  const path = await makeRepository(join(program.home, 'harbour'), { 'README.md': '# Harbour\n' });
  const added = await program.client.call('project.add', { body: { path } });
  if (!added.ok) throw new Error(added.refusal.message);
  const projectId = added.value.project.id;
  const add: IdleBoard['add'] = (title, more) => createTask(program.client, { title, projectId, ...more });
  return { program, projectId, add };
}
