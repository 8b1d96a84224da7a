import { z } from 'zod';
import { TaskId } from './ids.ts';
import { Link, Task } from './task.ts';

/** A task in its graph: how far it is, and how far from the task asked for. */
export const GraphNode = Task.pick({
  id: true,
  projectId: true,
  title: true,
  status: true,
  assignee: true,
  priority: true,
}).extend({
  /** Links from the task asked for; negative towards what it waits for. */
  distance: z.number().int(),
});
export type GraphNode = z.infer<typeof GraphNode>;

/** A task, all it waits for and all that wait for it, archived ones too. */
export const TaskGraph = z.object({
  taskId: TaskId,
  nodes: z.array(GraphNode),
  links: z.array(Link),
  /** Whether there are more tasks than are shown. */
  isCut: z.boolean(),
});
export type TaskGraph = z.infer<typeof TaskGraph>;
