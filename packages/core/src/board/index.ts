export { applyVerb } from './domain/apply-verb.ts';
export { GENERAL_PROJECT } from './domain/check-workspace.ts';
export { FRESH_REVIEW } from './domain/fresh-review.ts';
export { moveEvent } from './domain/move-event.ts';
export type {
  AttachmentFiles,
  AttachmentStore,
  BoardPorts,
  CommentStore,
  LinkStore,
  ReadyFilter,
  ReviewFilter,
  TaskStore,
  ViewStore,
} from './ports.ts';
export { addAttachment, tooLarge } from './use-cases/add-attachment.ts';
export { boardStats } from './use-cases/board-stats.ts';
export { bulkUpdateTasks } from './use-cases/bulk-update-tasks.ts';
export { commentOnTask, commentOnTaskIn } from './use-cases/comment-on-task.ts';
export { createTask, createTaskIn } from './use-cases/create-task.ts';
export { linkTasks, linkTasksIn } from './use-cases/link-tasks.ts';
export { deleteView, listViews, saveView } from './use-cases/manage-views.ts';
export { moveTask } from './use-cases/move-task.ts';
export { openAttachment } from './use-cases/open-attachment.ts';
export { removeAttachment } from './use-cases/remove-attachment.ts';
export { showBoard } from './use-cases/show-board.ts';
export { showGraph } from './use-cases/show-graph.ts';
export { showCard, showTask } from './use-cases/show-task.ts';
export { sweepAttachments } from './use-cases/sweep-attachments.ts';
export { unlinkTasks } from './use-cases/unlink-tasks.ts';
export { updateTask } from './use-cases/update-task.ts';
export { wakeScheduled } from './use-cases/wake-scheduled.ts';
