export { applyVerb } from './domain/apply-verb.ts';
export { moveEvent } from './domain/move-event.ts';
export type {
  BoardPorts,
  CommentStore,
  LinkStore,
  ReadyFilter,
  TaskStore,
  ViewStore,
} from './ports.ts';
export { boardStats } from './use-cases/board-stats.ts';
export { bulkUpdateTasks } from './use-cases/bulk-update-tasks.ts';
export { commentOnTask, commentOnTaskIn } from './use-cases/comment-on-task.ts';
export { createTask, createTaskIn, GENERAL_PROJECT } from './use-cases/create-task.ts';
export { linkTasks, linkTasksIn } from './use-cases/link-tasks.ts';
export { deleteView, listViews, saveView } from './use-cases/manage-views.ts';
export { moveTask } from './use-cases/move-task.ts';
export { showBoard } from './use-cases/show-board.ts';
export { showGraph } from './use-cases/show-graph.ts';
export { showCard, showTask } from './use-cases/show-task.ts';
export { unlinkTasks } from './use-cases/unlink-tasks.ts';
export { updateTask } from './use-cases/update-task.ts';
export { wakeScheduled } from './use-cases/wake-scheduled.ts';
