interface ErrorEntry {
  /** HTTP status. */
  readonly status: number;
  /** Exit code of the CLI. */
  readonly exit: number;
  /** Whether the same request can succeed later without a change. */
  readonly retryable: boolean;
  /** Template of the text shown to people; `{name}` is replaced from the details. */
  readonly message: string;
}

/** The error registry: every refusal anywhere in the product carries one of these codes. */
export const ERRORS = {
  invalid_input: {
    status: 400,
    exit: 2,
    retryable: false,
    message: '{reason}',
  },
  title_empty: {
    status: 400,
    exit: 2,
    retryable: false,
    message: 'title cannot be empty',
  },
  body_required: {
    status: 400,
    exit: 2,
    retryable: false,
    message: 'body is required',
  },
  ids_required: {
    status: 400,
    exit: 2,
    retryable: false,
    message: 'ids is required',
  },
  too_many_labels: {
    status: 400,
    exit: 2,
    retryable: false,
    message: 'a task has at most {limit} labels, and this would make {count}; remove some first',
  },
  unknown_status: {
    status: 400,
    exit: 2,
    retryable: false,
    message: 'unknown status: {status}',
  },
  parent_unknown: {
    status: 400,
    exit: 2,
    retryable: false,
    message: 'unknown parent task: {taskId}',
  },
  link_self: {
    status: 400,
    exit: 2,
    retryable: false,
    message: 'a task cannot depend on itself ({taskId})',
  },
  link_unknown_task: {
    status: 400,
    exit: 2,
    retryable: false,
    message: 'cannot link: task {taskId} not found',
  },
  link_duplicate: {
    status: 400,
    exit: 2,
    retryable: false,
    message: '{childId} already waits for {parentId}',
  },
  link_cycle: {
    status: 400,
    exit: 2,
    retryable: false,
    message: 'this link would close a cycle: {cycle}',
  },
  workspace_path_required: {
    status: 400,
    exit: 2,
    retryable: false,
    message: 'workspace kind "dir" needs workspacePath, an absolute path',
  },
  workspace_path_not_absolute: {
    status: 400,
    exit: 2,
    retryable: false,
    message: 'the path must be absolute: {path}',
  },
  schedule_time_required: {
    status: 400,
    exit: 2,
    retryable: false,
    message: 'a scheduled task needs scheduledAt, a time in the future',
  },
  project_path_missing: {
    status: 400,
    exit: 2,
    retryable: false,
    message: 'no folder at {path}. Create it or check the spelling, then add the project again.',
  },
  sign_in_required: {
    status: 401,
    exit: 4,
    retryable: false,
    message: 'sign in first: open the link that "quarterdeck up" printed, or send a token',
  },
  ticket_spent: {
    status: 401,
    exit: 4,
    retryable: false,
    message: 'this sign-in link was used already or is too old. Run "quarterdeck sign-in" for a fresh one.',
  },
  forbidden: { status: 403, exit: 4, retryable: false, message: '{reason}' },
  origin_refused: {
    status: 403,
    exit: 4,
    retryable: false,
    message: 'requests from {origin} are not accepted by this server',
  },
  host_refused: {
    status: 403,
    exit: 4,
    retryable: false,
    message: 'this server does not answer to the host name {host}',
  },
  route_not_found: {
    status: 404,
    exit: 3,
    retryable: false,
    message: 'no such route: {method} {path}',
  },
  task_not_found: {
    status: 404,
    exit: 3,
    retryable: false,
    message: 'task {taskId} not found',
  },
  project_not_found: {
    status: 404,
    exit: 3,
    retryable: false,
    message: 'project {projectId} not found',
  },
  run_not_found: {
    status: 404,
    exit: 3,
    retryable: false,
    message: 'run {runId} not found',
  },
  session_not_found: {
    status: 404,
    exit: 3,
    retryable: false,
    message: 'session {sessionId} not found',
  },
  key_not_found: { status: 404, exit: 3, retryable: false, message: 'there is no key {keyId}' },
  proposal_not_found: {
    status: 404,
    exit: 3,
    retryable: false,
    message: 'approval {proposalId} not found',
  },
  attachment_not_found: {
    status: 404,
    exit: 3,
    retryable: false,
    message: 'attachment {attachmentId} not found',
  },
  view_not_found: { status: 404, exit: 3, retryable: false, message: 'there is no view {viewId}' },
  profile_not_found: { status: 404, exit: 3, retryable: false, message: 'no runner has a profile {profile}' },
  workspace_not_found: { status: 404, exit: 3, retryable: false, message: 'task {taskId} has no workspace' },
  view_exists: { status: 409, exit: 5, retryable: false, message: 'there is a view called {name} already' },
  workspace_kept: {
    status: 409,
    exit: 5,
    retryable: false,
    message: 'the workspace of {taskId} was not removed: {reason}',
  },
  attachments_full: {
    status: 409,
    exit: 5,
    retryable: false,
    message: '{taskId} has {limit} attachments already. Remove some first.',
  },
  wrong_purpose: { status: 409, exit: 5, retryable: false, message: '{reason}' },
  transition_refused: {
    status: 409,
    exit: 5,
    retryable: false,
    message: 'a {from} task cannot become {to}: {reason}',
  },
  landing_refused: {
    status: 409,
    exit: 5,
    retryable: false,
    message: 'the work of {taskId} was not landed: {reason}',
  },
  landing_conflict: {
    status: 409,
    exit: 5,
    retryable: false,
    message:
      'the work of {taskId} conflicts with {into} in {files}; nothing was changed. Ask the agent to bring its branch up to date, or merge it by hand.',
  },
  review_outdated: {
    status: 409,
    exit: 5,
    retryable: false,
    message: '{taskId} has been worked on since you looked. Look at the changes again, then decide.',
  },
  task_landed: {
    status: 409,
    exit: 5,
    retryable: false,
    message: 'the work of {taskId} is already in {into}. Create a follow-up task for what is missing.',
  },
  changes_empty: {
    status: 400,
    exit: 2,
    retryable: false,
    message: 'say what should change: a summary, a comment on a line, or both',
  },
  assign_while_running: {
    status: 409,
    exit: 5,
    retryable: false,
    message: '{taskId} is running. Stop the run before you give the task to another agent.',
  },
  project_exists: {
    status: 409,
    exit: 5,
    retryable: false,
    message: '{path} is already the project {projectId}',
  },
  run_superseded: {
    status: 409,
    exit: 5,
    retryable: false,
    message: 'run {runId} no longer owns its task; nothing was changed',
  },
  run_reported: {
    status: 409,
    exit: 5,
    retryable: false,
    message: 'run {runId} has already reported {outcome}; nothing was changed',
  },
  run_not_live: {
    status: 409,
    exit: 5,
    retryable: false,
    message: 'run {runId} has ended; there is no agent to reach',
  },
  proposal_settled: {
    status: 409,
    exit: 5,
    retryable: false,
    message: 'approval {proposalId} was already {status}',
  },
  reply_lost: {
    status: 409,
    exit: 5,
    retryable: false,
    message:
      'the request with this Idempotency-Key was carried out, but the server stopped before it could answer. Look at the result; nothing was done twice.',
  },
  idempotency_key_reused: {
    status: 409,
    exit: 5,
    retryable: false,
    message: 'this Idempotency-Key was used for a different request',
  },
  body_too_large: {
    status: 413,
    exit: 2,
    retryable: false,
    message: 'the request is larger than {limit}',
  },
  unsupported_media_type: {
    status: 415,
    exit: 2,
    retryable: false,
    message: 'send JSON with the header Content-Type: application/json',
  },
  too_many_requests: {
    status: 429,
    exit: 6,
    retryable: true,
    message: 'too many attempts; try again in {seconds} s',
  },
  internal: {
    status: 500,
    exit: 1,
    retryable: true,
    message: 'something failed on our side; the server log has the details under {requestId}',
  },
  runner_offline: {
    status: 503,
    exit: 6,
    retryable: true,
    message: 'the runner {runnerId} that has this workspace is not connected',
  },
  workspace_gone: {
    status: 404,
    exit: 3,
    retryable: false,
    message: 'the workspace of {taskId} is no longer there',
  },
  server_unreachable: {
    status: 503,
    exit: 6,
    retryable: true,
    message: 'no Quarterdeck answers at {url}. Start one with "quarterdeck up".',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;
