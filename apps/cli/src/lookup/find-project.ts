import type { Client } from '@quarterdeck/client/call';
import type { Project } from '@quarterdeck/contract/project';
import { ok, type Result } from '@quarterdeck/contract/result';
import { matchId } from './match-id.ts';

/** The project that was meant by its name, its id or the beginning of its id. */
export async function findProject(client: Client, typed: string): Promise<Result<Project>> {
  const reply = await client.call('project.list');
  if (!reply.ok) return reply;
  const { projects } = reply.value;
  const named = projects.find((project) => project.name === typed);
  if (named) return ok(named);
  const notion = { prefix: 'p', notFound: 'project_not_found', detail: 'projectId' } as const;
  const id = matchId(
    notion,
    typed,
    projects.map((project) => project.id),
  );
  if (!id.ok) return id;
  const found = projects.find((project) => project.id === id.value);
  return found ? ok(found) : (matchId(notion, typed, []) as Result<never>);
}
