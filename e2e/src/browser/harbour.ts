import { join } from 'node:path';
import { git, makeRepository } from '../program/make-repository.ts';
import { type Program, startProgram } from '../program/start-program.ts';

const AGENT = join(import.meta.dirname, '../../fixtures/agents/review-agent.ts');

export interface Harbour extends AsyncDisposable {
  readonly program: Program;
  /** What stands in a file of the base branch. */
  landed(path: string): Promise<string>;
}

/** A program with one repository whose tasks go to an agent that writes what it is told and asks for a review. */
export async function startHarbour(): Promise<Harbour> {
  const profile = {
    id: 'keeper',
    name: 'Keeper',
    initials: 'K',
    command: process.execPath,
    args: [AGENT],
  };
  const program = await startProgram({ args: ['--no-demo'], profiles: [profile] });
  const repository = await makeRepository(join(program.home, 'harbour'), { 'greeting.txt': 'hello\n' });
  const added = await program.client.call('project.add', {
    body: { path: repository, defaultProfile: 'keeper' },
  });
  if (!added.ok) throw new Error(added.refusal.message);
  return {
    program,
    landed: (path) => git(repository, 'show', `main:${path}`),
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}
