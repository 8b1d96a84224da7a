import type { PermissionDetail } from '@quarterdeck/contract/proposal';
import { clipEnd } from '../acp/clip.ts';
import { COMMAND_KEYS, findNamedPaths, namedPlaces } from '../acp/named-paths.ts';
import { noteActivity } from '../acp/note-activity.ts';
import type { OpencodeChannel } from '../acp/opencode/channel.ts';
import { openChannel } from '../acp/opencode/channel.ts';
import type { PermissionAsked } from '../acp/opencode/opencode-events.ts';
import type { Signal } from '../acp/opencode/read-event.ts';
import { kindOf } from '../acp/opencode/read-event.ts';
import { commandOf } from '../acp/permission-request.ts';
import type { Failure } from '../acp/recognise-failure.ts';
import { reduceUpdate } from '../acp/reduce-update.ts';
import { changeUsage } from '../acp/reduce-usage.ts';
import { takeTotals } from '../acp/usage-state.ts';
import { longLimit } from './long-limit.ts';
import { groundOf, lookUpForAWhile } from './look-up-place.ts';
import type { Permissions } from './permissions.ts';
import type { ChannelPlan } from './plan-channel.ts';
import type { Recorder } from './recorder.ts';
import type { HostSpec } from './spec.ts';

export interface SideChannel {
  readonly close: () => void;
}

export interface SideChannelDeps {
  readonly spec: HostSpec;
  readonly recorder: Recorder;
  readonly permissions: Permissions;
  /** The agent's id of the session. */
  readonly sessionId: string;
  readonly now: () => number;
  /** Ends the run because of something the channel says. */
  readonly end: (failure: Failure) => void;
}

/** Opens the side channel of a session as it was planned when the agent was started. */
export function openSideChannel(deps: SideChannelDeps, { port, password }: ChannelPlan): SideChannel {
  const asked = new Map<string, string>();
  const channel: OpencodeChannel = openChannel({
    port,
    password,
    sessionId: deps.sessionId,
    cwd: deps.spec.workspacePath,
    onTrouble: deps.recorder.log,
    onSignal: (signal) => takeSignal({ ...deps, asked, channel: () => channel }, signal),
  });
  return channel;
}

interface Opened extends SideChannelDeps {
  /** opencode's id of an open question → ours. */
  readonly asked: Map<string, string>;
  readonly channel: () => OpencodeChannel;
}

function takeSignal(opened: Opened, signal: Signal): void {
  const { recorder, permissions, asked } = opened;
  switch (signal.kind) {
    case 'update':
      recorder.apply((state, now) => reduceUpdate(state, signal.update, now));
      break;
    case 'waiting': {
      recorder.apply((state, now) => noteActivity(state, `Waits for the model: ${signal.reason}`, now));
      const limit = longLimit(signal, opened.now());
      if (limit !== null) opened.end(limit);
      break;
    }
    case 'totals':
      recorder.apply((state, now) =>
        changeUsage(state, (usage) => takeTotals(usage, signal.tokens, signal.usd), now),
      );
      break;
    case 'asked':
      askForSubagent(opened, signal.request);
      break;
    case 'answered': {
      const requestId = asked.get(signal.id);
      asked.delete(signal.id);
      if (requestId !== undefined) permissions.withdraw(requestId, 'it was settled inside the agent');
    }
  }
}

function askForSubagent(opened: Opened, request: PermissionAsked): void {
  const { permissions, recorder, asked, channel } = opened;
  if (asked.has(request.id)) return;
  const detail = detailOf(opened, request);
  recorder.apply((state, now) => noteActivity(state, `Asks for permission: ${detail.title}`, now));
  const reply = (optionId: string | null): void => {
    asked.delete(request.id);
    const answer = optionId === 'once' ? 'once' : 'reject';
    channel()
      .reply(request.id, answer)
      .catch((error: unknown) => recorder.log(`the answer did not reach the subagent: ${String(error)}`));
  };
  asked.set(request.id, permissions.ask({ key: request.id, detail, whole: request, reply }));
}

/** What opencode takes as an answer over this channel. */
const ANSWERS = [
  { id: 'once', name: 'Allow once', kind: 'allow_once' },
  { id: 'reject', name: 'Reject', kind: 'reject_once' },
];

function detailOf({ spec }: Opened, request: PermissionAsked): PermissionDetail {
  const { permission, patterns, metadata } = request;
  const toolKind = kindOf(permission);
  const command = toolKind === 'execute' ? (commandOf(metadata ?? null) ?? patterns.join(' ')) : null;
  const path = metadata?.['filepath'] ?? metadata?.['filePath'];
  const isOfFiles = toolKind === 'edit' || toolKind === 'read' || toolKind === 'search';
  const found = findNamedPaths([metadata], command === null ? [] : COMMAND_KEYS);
  const told = [...new Set([...found.told, ...(isOfFiles ? patterns : [])])];
  const lookUp = lookUpForAWhile(groundOf(spec));
  return {
    toolKind,
    title: clipEnd(command ?? `${permission} ${patterns.join(' ')}`.trim(), 400),
    command,
    paths: typeof path === 'string' ? [path] : isOfFiles ? patterns : [],
    places: namedPlaces(lookUp, { ...found, told }),
    mcpTool: null,
    changes: [],
    input: metadata ? clipEnd(JSON.stringify(metadata), 8192) : null,
    text: null,
    options: ANSWERS,
  };
}
