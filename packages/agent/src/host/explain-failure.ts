import { clipEnd } from '../acp/clip.ts';
import type { Failure } from '../acp/recognise-failure.ts';
import { recogniseFailure } from '../acp/recognise-failure.ts';
import { crashReason } from '../failures/crash-reason.ts';
import type { AgentExit } from './agent-process.ts';
import type { HostSpec } from './spec.ts';

/** Why an agent could not be started, and what to do about it. */
export function startAdvice({ profile, workspacePath }: HostSpec, error: unknown): string {
  const code = error instanceof Error ? Reflect.get(error, 'code') : null;
  const path = error instanceof Error ? Reflect.get(error, 'path') : null;
  if (path === workspacePath)
    return `The workspace ${workspacePath} is missing. Start the task again to make a new one.`;
  const install = profile.detect.install === '' ? '' : ` ${profile.detect.install}`;
  if (code === 'ENOENT') {
    return `The program ${profile.command} was not found.${install} If it is installed, give its full path in the profile ${profile.id}.`;
  }
  if (code === 'EACCES') return `The program ${profile.command} may not be executed. Check its permissions.`;
  return `The agent could not be started: ${error instanceof Error ? error.message : String(error)}`;
}

/** What to make of an agent that died on its own. `exit` is null when it lives but has closed its output. */
export function crashOf(
  exit: AgentExit | null,
  errorTail: string | null,
  when: { readonly isStarting: boolean; readonly now: number },
): Failure {
  const reason = crashReason(errorTail);
  const otherwise = when.isStarting ? 'start_failed' : 'crashed';
  // Who was killed from outside did not end for what it had printed before. Positions in files look like status codes.
  const wasKilled = exit?.signal !== null && exit?.signal !== undefined;
  const said = wasKilled ? '' : (reason ?? '').replace(/:\d+/g, '');
  const failure = recogniseFailure(said, otherwise, when.now);
  if (failure.hint !== otherwise) return failure;
  const how =
    exit === null ? 'closed its output' : `left with ${exit.signal ?? `exit code ${exit.code ?? 'unknown'}`}`;
  const what = when.isStarting ? `The agent ${how} before it was ready.` : `The agent ${how} unexpectedly.`;
  return { ...failure, message: reason === null ? what : `${what} It said last: ${clipEnd(reason, 300)}` };
}
