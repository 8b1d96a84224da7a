import type { NamedPlace, PermissionDetail } from '@quarterdeck/contract/proposal';
import { builtinProfiles } from '../../profiles/builtin-profiles.ts';
import { PermissionRequest, permissionDetail } from '../permission-request.ts';
import { trackedTool } from '../reduce-tool.ts';
import { reduceUpdate } from '../reduce-update.ts';
import { EMPTY_TRANSCRIPT } from '../transcript-state.ts';

/** A request for permission as an agent sends it, after the updates it sent of the same call. */
export interface Asking {
  readonly before?: readonly object[];
  readonly toolCall: object;
  readonly options?: readonly object[];
  readonly meta?: object;
}

const OPTIONS = [
  { optionId: 'yes', name: 'Yes', kind: 'allow_once' },
  { optionId: 'no', name: 'No', kind: 'reject_once' },
];
const PROFILES = builtinProfiles({ demoAgentEntry: '/demo.mjs', nodePath: '/node' });
const NOTHING_KNOWN = { toolNames: [], isTitleCommand: false };

/** What the people see of a request of the agent with this profile; an unknown profile says nothing of its requests. */
export function askAs(
  profile: string,
  asking: Asking,
  lookUp: (path: string) => readonly NamedPlace[] = insideAsSpelled,
): PermissionDetail {
  const requests = PROFILES.find(({ id }) => id === profile)?.requests ?? NOTHING_KNOWN;
  const request = PermissionRequest.parse({
    sessionId: 's',
    toolCall: { toolCallId: 'call-1', ...asking.toolCall },
    options: asking.options ?? OPTIONS,
    _meta: asking.meta,
  });
  const updates = (asking.before ?? []).map((update) => ({
    sessionUpdate: 'tool_call',
    toolCallId: 'call-1',
    ...update,
  }));
  const state = updates.reduce(
    (known, update) => reduceUpdate(known, update, 0)?.state ?? known,
    EMPTY_TRANSCRIPT,
  );
  return permissionDetail({ requests, lookUp }, request, trackedTool(state, 'call-1'));
}

function insideAsSpelled(path: string): readonly NamedPlace[] {
  const isElsewhere = /^[/~]|^[a-z]+:|(^|\/)\.\.(\/|$)/i.test(path);
  return [{ path, inside: isElsewhere ? null : path }];
}
