import type { ScriptedToolCall } from '@quarterdeck/testkit/model-server/scenario';

/** How the model of an agent says the same four things; paths are absolute, because some agents take no others. */
export interface ToolWords {
  readonly read: (path: string) => ScriptedToolCall;
  readonly edit: (path: string, from: string, to: string) => ScriptedToolCall;
  readonly write: (path: string, text: string) => ScriptedToolCall;
  /** A command that only a person may allow. */
  readonly shell: (command: string) => ScriptedToolCall;
}

/** What a person of this agent has on their machine. */
export interface PersonSetup {
  /** Variables of the shell that `quarterdeck up` is started from. */
  readonly env?: Readonly<Record<string, string>>;
  /** Files in the person's home: path → content. */
  readonly files?: Readonly<Record<string, string>>;
}

/** One agent of the matrix: where it comes from, how a person sets it up, and how its model works. */
export interface AgentUnderTest {
  /** The id of the built-in profile that is tested, and of the folder in `pins`. */
  readonly id: string;
  readonly name: string;
  readonly packageName: string;
  /** What it brings: megabytes to fetch, and on disk. */
  readonly megabytes: { readonly fetched: number; readonly installed: number };
  /** The command that the profile starts, and its program below node_modules: the first that is there. */
  readonly command: string;
  readonly programs: readonly string[];
  /** `modelUrl` is the scripted model service, without a path. */
  readonly person: (modelUrl: string) => PersonSetup;
  readonly tools: ToolWords;
  /** It names the file of a conversation after the minute, and one that is taken up in the same minute is overwritten by itself. */
  readonly filesByMinute?: true;
  /** It waits out every limit by itself and says nothing, for hours: nobody can know why, so the card must say that it is silent. */
  readonly isSilentAtLimits?: true;
  /** The model that its set-up names, as the product should show it; null for an agent that says no model over ACP. */
  readonly model: RegExp | null;
}
