/** Lies in a worktree's own git folder once the workspace is complete. Without it nothing but our preparation ever ran there. */
export const READY_MARKER = 'quarterdeck-ready';
