/** What a status means for a script: the exit code of the CLI, and whether the same request can succeed later without a change. */
const STATUSES = {
  400: { exit: 2, retryable: false },
  401: { exit: 4, retryable: false },
  403: { exit: 4, retryable: false },
  404: { exit: 3, retryable: false },
  409: { exit: 5, retryable: false },
  413: { exit: 2, retryable: false },
  415: { exit: 2, retryable: false },
  429: { exit: 6, retryable: true },
  500: { exit: 1, retryable: true },
  503: { exit: 6, retryable: true },
} as const;

/** An entry with its HTTP status and the text shown to people, whose `{name}` places are filled from the details. */
function refusal(status: keyof typeof STATUSES, message: string) {
  return { status, ...STATUSES[status], message };
}

/** The error registry: every refusal anywhere in the product carries one of these codes. */
export const ERRORS = {
  invalid_input: refusal(400, '{reason}'),
  title_empty: refusal(400, 'title cannot be empty'),
  body_required: refusal(400, 'body is required'),
  ids_required: refusal(400, 'ids is required'),
  too_many_labels: refusal(
    400,
    'a task has at most {limit} labels, and this would make {count}; remove some first',
  ),
  unknown_status: refusal(400, 'unknown status: {status}'),
  parent_unknown: refusal(400, 'unknown parent task: {taskId}'),
  link_self: refusal(400, 'a task cannot depend on itself ({taskId})'),
  link_unknown_task: refusal(400, 'cannot link: task {taskId} not found'),
  link_duplicate: refusal(400, '{childId} already waits for {parentId}'),
  link_cycle: refusal(400, 'this link would close a cycle: {cycle}'),
  workspace_path_required: refusal(400, 'workspace kind "dir" needs workspacePath, an absolute path'),
  workspace_path_not_absolute: refusal(400, 'the path must be absolute: {path}'),
  workspace_kind_unfit: refusal(
    400,
    'agents cannot work in a {kind} workspace in a {project} project. Choose one of these: {choices}.',
  ),
  schedule_time_required: refusal(400, 'a scheduled task needs scheduledAt, a time in the future'),
  project_path_missing: refusal(
    400,
    'no folder at {path}. Create it or check the spelling, then add the project again.',
  ),
  project_path_unfit: refusal(400, '{path} cannot be a project: {reason}.'),
  sign_in_required: refusal(
    401,
    'sign in first: open the link that "quarterdeck up" printed, or send a token',
  ),
  ticket_spent: refusal(
    401,
    'this sign-in link was used already or is too old. Run "quarterdeck sign-in" for a fresh one.',
  ),
  forbidden: refusal(403, '{reason}'),
  origin_refused: refusal(403, 'requests from {origin} are not accepted by this server'),
  host_refused: refusal(403, 'this server does not answer to the host name {host}'),
  route_not_found: refusal(404, 'no such route: {method} {path}'),
  task_not_found: refusal(404, 'task {taskId} not found'),
  project_not_found: refusal(404, 'project {projectId} not found'),
  run_not_found: refusal(404, 'run {runId} not found'),
  session_not_found: refusal(404, 'session {sessionId} not found'),
  key_not_found: refusal(404, 'there is no key {keyId}'),
  proposal_not_found: refusal(404, 'approval {proposalId} not found'),
  rule_not_found: refusal(404, 'there is no rule {ruleId}; it was taken back already, or never was'),
  attachment_not_found: refusal(404, 'attachment {attachmentId} not found'),
  view_not_found: refusal(404, 'there is no view {viewId}'),
  profile_not_found: refusal(404, 'no runner has a profile {profile}'),
  workspace_not_found: refusal(404, 'task {taskId} has no workspace'),
  view_exists: refusal(409, 'there is a view called {name} already'),
  workspace_kept: refusal(409, 'the workspace of {taskId} was not removed: {reason}'),
  attachments_full: refusal(409, '{taskId} has {limit} attachments already. Remove some first.'),
  wrong_purpose: refusal(409, '{reason}'),
  transition_refused: refusal(409, 'a {from} task cannot become {to}: {reason}'),
  landing_refused: refusal(409, 'the work of {taskId} was not landed: {reason}'),
  landing_conflict: refusal(
    409,
    'the work of {taskId} conflicts with {into} in {files}; nothing was changed. {next}.',
  ),
  review_outdated: refusal(
    409,
    '{taskId} is not as you saw it: {reason}. Look at the changes again, then decide.',
  ),
  keep_refused: refusal(409, 'the work of {taskId} was not kept: {reason}'),
  task_landed: refusal(
    409,
    'the work of {taskId} is already in {into}. Create a follow-up task for what is missing.',
  ),
  changes_empty: refusal(400, 'say what should change: a summary, a comment on a line, or both'),
  changed_meanwhile: refusal(409, '{by} changed {what} meanwhile. Look at it again, then decide.'),
  assign_while_running: refusal(
    409,
    '{taskId} is running. Stop the run before you give the task to another agent.',
  ),
  project_exists: refusal(409, '{path} is already the project {projectId}'),
  run_superseded: refusal(409, 'run {runId} no longer owns its task; nothing was changed'),
  run_reported: refusal(409, 'run {runId} has already reported {outcome}; nothing was changed'),
  run_not_live: refusal(409, 'run {runId} has ended; there is no agent to reach'),
  proposal_settled: refusal(409, 'approval {proposalId} was already {status}'),
  option_needed: refusal(
    409,
    'approval {proposalId} cannot just be allowed: the agent offers answers of its own ({offered}). Pick one of them, or reject.',
  ),
  option_unknown: refusal(
    409,
    'approval {proposalId} has no option {option}. The agent offers {offered}. Look at it again, then pick one.',
  ),
  reply_lost: refusal(
    409,
    'the request with this Idempotency-Key was carried out, but the server stopped before it could answer. Look at the result; nothing was done twice.',
  ),
  idempotency_key_reused: refusal(409, 'this Idempotency-Key was used for a different request'),
  body_too_large: refusal(413, 'the request is larger than {limit}'),
  unsupported_media_type: refusal(415, 'send JSON with the header Content-Type: application/json'),
  too_many_requests: refusal(429, 'too many attempts; try again in {seconds} s'),
  internal: refusal(500, 'something failed on our side; the server log has the details under {requestId}'),
  runner_offline: refusal(503, 'the runner {runnerId} that has this workspace is not connected'),
  workspace_gone: refusal(404, 'the workspace of {taskId} is no longer there'),
  server_unreachable: refusal(503, 'no Quarterdeck answers at {url}. Start one with "quarterdeck up".'),
};

export type ErrorCode = keyof typeof ERRORS;
