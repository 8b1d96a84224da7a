const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The sweep takes back a claim that has run out within seconds; later than this nobody does. */
export const CLAIM_GRACE_MS = 2 * MINUTE;
/** The card tells of silence long before; by now it does not end by itself. */
export const SILENT_RUN_MS = 10 * MINUTE;
/** A build or a test may take long and print nothing. */
export const LONG_TOOL_MS = 2 * HOUR;
/** So many failures before the dispatcher gives up there is a warning; at the limit it could never be seen. */
export const FAILURES_LEFT_AT_WARNING = 1;
export const STRANDED_MS = 30 * MINUTE;
export const STRANDED_ERROR_MS = 2 * STRANDED_MS;
export const STRANDED_CRITICAL_MS = 6 * STRANDED_MS;
/** A queue for a free agent is no fault; it is worth a look only when it takes this long. */
export const QUEUED_MS = 6 * STRANDED_MS;
export const STUCK_IN_BLOCKED_MS = 24 * HOUR;
export const STUCK_IN_REVIEW_MS = 24 * HOUR;
export const APPROVAL_WAITING_MS = 15 * MINUTE;
export const APPROVAL_WAITING_ERROR_MS = 2 * HOUR;
export const LANDING_STUCK_MS = HOUR;
/** A task is promoted in the transaction that satisfies its last parent. */
export const PROMOTION_GRACE_MS = MINUTE;
export const HELD_MS = HOUR;
