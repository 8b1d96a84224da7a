import type { PermissionOutcome, PermissionRequest } from '../acp/permission-request.ts';
import { permissionDetail } from '../acp/permission-request.ts';
import { reducePermission } from '../acp/reduce-update.ts';
import { groundOf, lookUpForAWhile } from './look-up-place.ts';
import type { Permissions } from './permissions.ts';
import type { Recorder } from './recorder.ts';
import type { HostSpec } from './spec.ts';

interface Asking {
  readonly spec: Pick<HostSpec, 'profile' | 'order' | 'workspacePath'>;
  readonly permissions: Permissions;
  readonly recorder: Recorder;
}

/** Puts an agent's request to the people and resolves with their answer, or `cancelled` when it is taken back. */
export function askPerson(
  { spec, permissions, recorder }: Asking,
  request: PermissionRequest,
  signal: AbortSignal,
): Promise<PermissionOutcome> {
  const { toolCall, options } = request;
  const ground = groundOf(spec);
  const deps = {
    requests: spec.profile.requests,
    lookUp: lookUpForAWhile(ground),
  };
  // Before the request becomes part of the call: what was announced is compared with what is asked.
  const known = recorder.tool(toolCall.toolCallId);
  const detail = permissionDetail(deps, request, known);
  recorder.apply((state, now) => reducePermission(state, { fields: toolCall, title: detail.title }, now));
  const { promise, resolve } = Promise.withResolvers<PermissionOutcome>();
  const requestId = permissions.ask({
    key: toolCall.toolCallId,
    detail,
    whole: [request, known?.announced ?? null],
    reply: (optionId) => {
      const chosen = options[detail.options?.findIndex(({ id }) => id === optionId) ?? -1];
      resolve(
        chosen === undefined ? { outcome: 'cancelled' } : { outcome: 'selected', optionId: chosen.optionId },
      );
    },
  });
  const takeBack = (): void => permissions.withdraw(requestId, 'the agent took the request back');
  signal.addEventListener('abort', takeBack, { once: true });
  return promise.finally(() => signal.removeEventListener('abort', takeBack));
}
