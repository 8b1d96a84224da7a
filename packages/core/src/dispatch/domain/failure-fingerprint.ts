import type { RunOutcome } from '@quarterdeck/contract/status';
import { FAILURE_CLASSES } from './failure-classes.ts';

/** Tasks of one profile that must fail alike, within this time, before the profile is to blame and not the tasks. */
export const SYSTEMIC_TASKS = 3;
export const SYSTEMIC_WINDOW_MS = 10 * 60_000;

/** What a fingerprint is taken from. Longer texts differ in what an agent printed last. */
const LONGEST = 400;

/** Ends that say something of the machine or of whoever killed the agent, and nothing of its profile. */
const FROM_OUTSIDE = [
  /\bSIG(?:KILL|TERM|INT|HUP)\b/,
  /\bagent host\b/,
  /process that drives the agent/,
  /server was out of reach/,
  /runner came back without this run/,
];

/** What differs between two reports of the same trouble; the widest first. */
const VARIABLE: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\d[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?/g, '<time>'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<id>'],
  [/\b[a-z]{1,4}_[0-9a-z]{4,}\b/g, '<id>'],
  [/(?<![\w/:])(?:~|\.{1,2})?(?:\/[\w.@+-]+)+\/?/g, '<path>'],
  [/\b(?=[0-9a-f]*\d)[0-9a-f]{7,}\b/g, '<id>'],
  [/\d+(?:[.:,]\d+)*/g, '#'],
  [/\s+/g, ' '],
];

/**
 * What stays the same when the same trouble hits other tasks: the error without numbers, ids, paths and times. Null for failures that
 * cannot be their profile's fault.
 */
export function failureFingerprint(outcome: RunOutcome | null, error: string | null): string | null {
  if (outcome === null || !FAILURE_CLASSES[outcome]?.canBeSystemic) return null;
  const text = error ?? '';
  if (FROM_OUTSIDE.some((pattern) => pattern.test(text))) return null;
  const same = VARIABLE.reduce((rest, [pattern, by]) => rest.replace(pattern, by), text.toLowerCase());
  return `${outcome}: ${same.trim().slice(0, LONGEST)}`;
}
