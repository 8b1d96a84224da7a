import type { RunStatus } from './status.ts';

/** So long an agent may be silent before it is worth a word, ms. */
export const QUIET_MS = 60_000;
/** After so long it is worth looking into. */
export const SILENT_MS = 5 * 60_000;

interface Quiet {
  readonly status: RunStatus;
  /** The last thing that was told of it. */
  readonly activity: string | null;
  readonly activeAt: number | null;
  readonly startedAt: number | null;
  readonly turnSince: number | null;
  /** The tool call that has been running longest. */
  readonly tool: { readonly title: string; readonly since: number } | null;
  /** Approvals that wait for a person; null when that is not known. */
  readonly pendingApprovals: number | null;
}

export interface Silence {
  /** When it was last heard of, or when what it waits for began. */
  readonly since: number;
  readonly text: string;
  /** It waits for something that takes its time, or nothing explains it. */
  readonly level: 'note' | 'warning';
}

/** What to say of an agent that has not been heard of for a while; null while it is, and when its run is no longer at work. */
export function silenceOf(run: Quiet, now: number): Silence | null {
  const { status, activity, activeAt, startedAt, turnSince, tool } = run;
  const since = Math.max(activeAt ?? 0, startedAt ?? 0);
  if (status !== 'working' || since === 0 || now - since < QUIET_MS) return null;
  if (isAsking(run)) return note(since, `waits for your answer for ${spanOf(now - since)}`);
  if (tool !== null) return note(tool.since, `running ${tool.title} for ${spanOf(now - tool.since)}`);
  if (turnSince === null) return note(since, `waits to be told what to do for ${spanOf(now - since)}`);
  // It told itself that its model keeps it waiting.
  if (activity?.startsWith(WAITS))
    return note(since, `nothing new for ${spanOf(now - since)}; ${activity.replace('W', 'w')}`);
  const nothing = `nothing from the agent for ${spanOf(now - since)}`;
  if (now - since < SILENT_MS) return note(since, `${nothing}; perhaps its model does not answer`);
  const text = `${nothing}; its model probably does not answer. It goes on if the model does; else interrupt or stop it`;
  return { since, text, level: 'warning' };
}

/** How activities begin that tell of a model or a person who is waited for; the agent host writes them so. */
const WAITS = 'Waits for the model';
const ASKS = 'Asks for permission';

function isAsking({ pendingApprovals, activity }: Quiet): boolean {
  return pendingApprovals === null ? (activity?.startsWith(ASKS) ?? false) : pendingApprovals > 0;
}

function note(since: number, text: string): Silence {
  return { since, text, level: 'note' };
}

/** A length of time in whole minutes or hours. */
function spanOf(ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
