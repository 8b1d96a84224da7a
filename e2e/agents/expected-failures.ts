/** Checks that fail until somebody mends their cause: `agent/check` → the finding. A row that passes is a failure: take it out. */
export const EXPECTED_FAILURES: Readonly<Record<string, string>> = {};
