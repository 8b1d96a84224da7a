import { z } from 'zod';
import { ModelName } from './agent-choice.ts';
import { ToolKind } from './session.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'small letters, digits and dashes');

/**
 * One way in which an agent's permission requests name a tool of an MCP server. Each was measured: a name that stands anywhere
 * else, or comes with another kind, proves nothing.
 */
export const ToolNaming = z
  .object({
    /**
     * Which field bears the name. `tool-name`: the tool's own name beside the title. `title`: the request's title. `call-title`: the
     * title of the call that was announced before, under the same id. `input-name`: `name` in the input of a call called `ToolCall`.
     */
    field: z.enum(['tool-name', 'title', 'call-title', 'input-name']),
    /** How it is spelled; `<server>` and `<tool>` stand for the two. */
    form: z
      .string()
      .refine(
        (form) => form.split('<server>').length === 2 && form.split('<tool>').length === 2,
        'needs <server> and <tool>, each once',
      ),
    /** Kinds that such a request has. */
    kinds: z.array(ToolKind).min(1).default(['other']),
    /** A flag in the request's `_meta` that must be true. */
    flag: z.string().optional(),
    /** An argument that takes the place of the name in the title: with it among the arguments the title proves nothing. */
    displacedBy: z.string().optional(),
  })
  .strict();
export type ToolNaming = z.infer<typeof ToolNaming>;

const regex = z.string().refine(isRegex, 'not a regular expression');

const Taking = z
  .object({ env: z.string().nullable().default(null), args: z.array(z.string()).default([]) })
  .prefault({});

/** A sign-in that is more than a file being there. Paths into JSON are keys with dots between them. */
const Login = z.object({
  file: z.string(),
  /** The text must match it, line by line, and must not match `unless`. */
  pattern: regex.nullable().default(null),
  unless: regex.nullable().default(null),
  /** Where the JSON says until when it holds (milliseconds), or has a token that says so itself. */
  expiresAt: z.string().nullable().default(null),
  token: z.string().nullable().default(null),
  /** With this in the JSON the agent renews it by itself. */
  renewedBy: z.string().nullable().default(null),
});
export type Login = z.infer<typeof Login>;

/** How to launch an agent: data, not code. A user's own profiles are files of this shape in `<home>/profiles/`. */
export const Profile = z
  .object({
    id: name,
    name: z.string().min(1).max(80),
    /** Two letters for the avatar. */
    initials: z.string().min(1).max(2),
    description: z.string().max(400).default(''),
    command: z.string().min(1),
    args: z.array(z.string()).default([]),
    /** Added to the cleaned environment. Here, in `args` and in `files` `${home}` is the agent's own home, `${workspace}` its workspace. */
    env: z.record(z.string(), z.string()).default({}),
    /** Names of variables passed on from the runner's environment, such as an API key; `PREFIX_*` means all that begin so. */
    passEnv: z.array(z.string()).default([]),
    /** Files below the person's home that name further variables to pass on: the first group of the pattern is the name. */
    passEnvFrom: z.array(z.object({ file: z.string(), pattern: regex })).default([]),
    /** Files written into the agent's own home before it starts: path below it → content. */
    files: z.record(z.string(), z.string()).default({}),
    /** Sign-in files of the person that the agent's program renews, linked into the agent's home: paths below both homes. */
    link: z.array(z.string()).default([]),
    /** Settings of the person, files or folders, copied into the agent's home before each start: paths below both homes. */
    copy: z.array(z.string()).default([]),
    /** Session options set after `session/new` and again after every load. */
    options: z.array(z.object({ id: z.string(), value: z.string() })).default([]),
    /** How its permission requests are read. Without this no tool is known, ours neither, and a person is asked for each. */
    requests: z
      .object({
        toolNames: z.array(ToolNaming).default([]),
        /** The title of a request to run a command that has no input is the command itself. */
        isTitleCommand: z.boolean().default(false),
      })
      .prefault({}),
    /** Sent as `_meta` when a session is opened: what this agent takes there beyond the protocol. */
    sessionMeta: z.record(z.string(), z.unknown()).default({}),
    /** The model its runs use, and how hard it thinks, unless its settings or the task say another; null leaves it to the agent. */
    model: ModelName.nullable().default(null),
    effort: ModelName.nullable().default(null),
    /** How it takes them when its session has no option for it; `${model}` and `${effort}` are filled in. */
    takesModel: Taking,
    takesEffort: Taking,
    /** How the process is asked to leave: by closing its input, or by SIGTERM to its group. */
    exit: z.enum(['close-input', 'signal']).default('close-input'),
    quirks: z
      .object({
        /** opencode's HTTP side channel, which carries what its ACP does not. */
        sideChannel: z.enum(['opencode']).nullable().default(null),
        /** It asks for nothing unless told to, in settings of its own where the person may have forbidden more. */
        permissions: z.enum(['opencode']).nullable().default(null),
        /** It connects to its tool servers only after its session is there, and its first prompt waits until they have answered. */
        toolsAfterSession: z.boolean().default(false),
      })
      .prefault({}),
    detect: z
      .object({
        versionArgs: z.array(z.string()).default(['--version']),
        /** Any one of these present means signed in: files below the person's home, or variables. Empty means no sign-in is needed. */
        signInFiles: z.array(z.string()).default([]),
        signInEnv: z.array(z.string()).default([]),
        /** Files that count as a sign-in only with what they hold. */
        logins: z.array(Login).default([]),
        install: z.string().default(''),
        signIn: z.string().default(''),
        /** Versions below it are known not to work as they should; the sentence says what they lack. */
        atLeast: z.object({ version: z.string(), because: z.string() }).nullable().default(null),
        /** Nobody has run this profile with the real agent yet. */
        isUntried: z.boolean().default(false),
      })
      .prefault({}),
    maxConcurrentRuns: z.number().int().min(1).max(1000).default(2),
    /** Longest wall-clock time of a run. */
    maxRuntimeMs: z
      .number()
      .int()
      .min(1000)
      .default(4 * 3600 * 1000),
  })
  .strict();
export type Profile = z.infer<typeof Profile>;
export type ProfileInput = z.input<typeof Profile>;

function isRegex(text: string): boolean {
  try {
    return new RegExp(text, 'm') instanceof RegExp;
  } catch {
    return false;
  }
}

/** What is known of a sign-in: none is needed, there is one (whether it works, only a run tells), it is over, or there is none. */
export const LoginState = z.enum(['unneeded', 'present', 'expired', 'missing']);
export type LoginState = z.infer<typeof LoginState>;

/** A profile as one runner finds it on its machine. */
export const DetectedAgent = z.object({
  profile: name,
  name: z.string(),
  initials: z.string(),
  description: z.string(),
  isInstalled: z.boolean(),
  /** Whether there is a sign-in to try: `login` says what is known of it. */
  isSignedIn: z.boolean(),
  login: LoginState.default('present'),
  version: z.string().nullable(),
  /** What to do next when it cannot be used, in one sentence. */
  remedy: z.string().nullable(),
  /** What may go wrong though it can be used: too old a version, a profile nobody has tried. */
  warnings: z.array(z.string()).default([]),
  maxConcurrentRuns: z.number().int(),
  maxRuntimeMs: z.number().int(),
});
export type DetectedAgent = z.infer<typeof DetectedAgent>;

/** What a runner finds when it is asked once: its agents, and what is wrong with profiles of the person. */
export const FoundAgents = z.object({
  agents: z.array(DetectedAgent),
  problems: z.array(z.object({ file: z.string(), reason: z.string() })),
});
export type FoundAgents = z.infer<typeof FoundAgents>;
