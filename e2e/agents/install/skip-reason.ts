const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ENOSPC|EIDLETIMEOUT)\b|network (?:request|connectivity)|MB are free there/i;

/** Whether the agents could not be brought because of this machine or its network, and not because of a release. */
export function isOutOfReach(message: string): boolean {
  return UNREACHABLE.test(message);
}
