import { z } from 'zod';
import { Labels } from './label.ts';
import { LineComment } from './landing.ts';
import { BlockKind } from './status.ts';
import { TEXT_LIMIT } from './task.ts';

const note = z.string().trim().min(1).max(4000);
const text = z.string().trim().min(1).max(TEXT_LIMIT);
const taskId = z.string().describe('id of a task, such as t_1a2b3c4d');

interface AgentTool {
  readonly description: string;
  readonly input: z.ZodObject;
}

/** What an agent may do with the board, offered over MCP. Every call is made in the name of the run whose token it carries. */
export const AGENT_TOOLS = {
  task_show: {
    description:
      'Show a task: its text, comments, parents with their results, and earlier attempts. Without a task id it shows your own task.',
    input: z.object({ taskId: taskId.optional() }),
  },
  task_comment: {
    description:
      'Write a comment on a task, for people and other agents to read. Without a task id it goes to your own task.',
    input: z.object({ taskId: taskId.optional(), body: text }),
  },
  task_heartbeat: {
    description:
      'Say that you are alive and what you are doing. Use it during long work that prints nothing.',
    input: z.object({ note: note.optional() }),
  },
  task_complete: {
    description:
      'Report that your task is done, with a summary of what you did. Call it once, last, and then stop.',
    input: z.object({ summary: text }),
  },
  task_block: {
    description:
      'Report that you cannot go on: say why and what you need. The task waits for a person. Call it last, and then stop.',
    input: z.object({
      reason: note,
      kind: BlockKind.exclude(['failures']).default('needs_input'),
    }),
  },
  task_request_review: {
    description:
      'Report that the work is finished but should be looked at before it counts as done. Call it last, and then stop.',
    input: z.object({ summary: text }),
  },
  task_approve: {
    description:
      'Only in a review: report that the work does what was asked for, with a summary of what you checked. A person decides whether it lands. Call it last, and then stop.',
    input: z.object({ summary: text }),
  },
  task_request_changes: {
    description:
      'Only in a review: report that the work has to change, with a summary and, where you can, comments on lines (path, line after the change, body). Its author gets them. Call it last, and then stop.',
    input: z.object({
      summary: text,
      comments: z
        .array(LineComment.pick({ path: true, line: true, body: true }))
        .max(100)
        .optional(),
    }),
  },
  task_create: {
    description: 'Put a new task on the board of the same project, for yourself later or for another agent.',
    input: z.object({
      title: z.string().trim().min(1).max(500),
      body: text.optional(),
      assignee: z.string().max(120).optional(),
      parents: z.array(taskId).max(100).optional(),
      priority: z.number().int().min(-1000).max(1000).optional(),
      labels: Labels.optional(),
    }),
  },
  task_link: {
    description: 'Make one task wait for another: the child starts when the parent is done.',
    input: z.object({ parentId: taskId, childId: taskId }),
  },
  task_attach: {
    description:
      'Attach a file to your own task, for people and later attempts: give the path of a file in your working directory (at most 25 MiB), or a name with text content. The same content under the same name is attached once.',
    input: z.object({
      path: z.string().min(1).max(4096).optional(),
      name: z.string().min(1).max(200).optional(),
      content: z.string().max(TEXT_LIMIT).optional(),
    }),
  },
} as const satisfies Record<string, AgentTool>;

export type AgentToolName = keyof typeof AGENT_TOOLS;
export type AgentToolInput<N extends AgentToolName> = z.output<(typeof AGENT_TOOLS)[N]['input']>;
/** The name our MCP server gives itself; agents show tools as `quarterdeck_task_show`, `mcp__quarterdeck__task_show` and so on. */
export const MCP_SERVER_NAME = 'quarterdeck';
