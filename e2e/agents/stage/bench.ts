import { join } from 'node:path';
import type { Client } from '@quarterdeck/client/call';
import type { LoggedRequest } from '@quarterdeck/testkit/model-server/request-log';
import { scenarioMarker } from '@quarterdeck/testkit/model-server/scenario';
import { createTask } from '../../src/program/board-view.ts';
import { makeRepository } from '../../src/program/make-repository.ts';
import type { AgentUnderTest } from '../agents/agent-under-test.ts';
import type { Stage } from './open-stage.ts';

/** What a check of an agent works with: its own project, and the model service as this agent asked it. */
export interface Bench {
  readonly agent: AgentUnderTest;
  readonly stage: Stage;
  readonly client: Client;
  readonly projectId: string;
  readonly repository: string;
  /** Creates a task whose model plays this scenario of the agent, and returns its id. */
  readonly give: (scenario: string, more?: Readonly<Record<string, unknown>>) => Promise<string>;
  /** The tasks it has given so far. */
  readonly given: readonly string[];
  /** What the agent asked its model while it played a scenario. */
  readonly asked: (scenario: string) => readonly LoggedRequest[];
}

/** The name under which the scripted model knows a scenario of an agent. */
export function scenarioName({ id }: AgentUnderTest, scenario: string): string {
  return `${id}/${scenario}`;
}

/** Makes a repository and a project for one check of one agent, so that no rule or folder of another check is in the way. */
export async function openBench(stage: Stage, agent: AgentUnderTest, check: string): Promise<Bench> {
  const { client } = stage.program;
  const repository = await makeRepository(join(stage.personHome, 'code', `${agent.id}-${check}`), {
    'notes.md': '# Notes\n\nThe tide is low.\n',
  });
  const added = await client.call('project.add', { body: { path: repository, defaultProfile: agent.id } });
  if (!added.ok) throw new Error(added.refusal.message);
  const projectId = added.value.project.id;
  const given: string[] = [];
  return {
    agent,
    stage,
    client,
    projectId,
    repository,
    given,
    async give(scenario, more) {
      const body = scenarioMarker(scenarioName(agent, scenario));
      const taskId = await createTask(client, { title: `Play ${scenario}`, body, projectId, ...more });
      given.push(taskId);
      return taskId;
    },
    asked: (scenario) =>
      stage.models.requests.filter((request) => request.scenario === scenarioName(agent, scenario)),
  };
}
