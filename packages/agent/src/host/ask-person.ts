import type { PermissionOutcome, PermissionRequest } from '../acp/permission-request.ts';
import { chooseOption, permissionDetail } from '../acp/permission-request.ts';
import { reducePermission } from '../acp/reduce-update.ts';
import type { Permissions } from './permissions.ts';
import type { Recorder } from './recorder.ts';

/** Puts an agent's request to the people and resolves with their answer, or `cancelled` when it is taken back. */
export function askPerson(
  { permissions, recorder }: { readonly permissions: Permissions; readonly recorder: Recorder },
  request: PermissionRequest,
  signal: AbortSignal,
): Promise<PermissionOutcome> {
  const { toolCall, options } = request;
  recorder.apply((state, now) => reducePermission(state, toolCall, now));
  const detail = permissionDetail(request, recorder.toolItem(toolCall.toolCallId));
  const { promise, resolve } = Promise.withResolvers<PermissionOutcome>();
  const requestId = permissions.ask({
    key: toolCall.toolCallId,
    detail,
    reply: (decision) =>
      resolve(decision === null ? { outcome: 'cancelled' } : chooseOption(options, decision)),
  });
  const takeBack = (): void => permissions.withdraw(requestId, 'the agent took the request back');
  signal.addEventListener('abort', takeBack, { once: true });
  return promise.finally(() => signal.removeEventListener('abort', takeBack));
}
