import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import type { DemoStep } from './script.ts';
import type { Obstacle, Stage } from './stage.ts';
import { pause } from './stage.ts';

const SHOW_EVERY_MS = 150;
const TERM_TO_KILL_MS = 500;
const SHOWN_CHARS = 16 * 1024;

type Run = Extract<DemoStep, { kind: 'run' }>;

/** Runs a real command in the workspace and shows what it prints while it runs; asks first when the script says so. */
export async function runStep(stage: Stage, step: Run): Promise<Obstacle | null> {
  const toolCallId = stage.nextId('run');
  const command = step.command.join(' ');
  const call = { toolCallId, title: command, kind: 'execute', rawInput: { command } } as const;
  await stage.show({ sessionUpdate: 'tool_call', ...call, status: 'pending' });
  await pause(stage, 250);
  if (step.blockedWithout !== undefined && !(await stage.ask({ ...call, status: 'pending' }))) {
    stage.signal.throwIfAborted();
    await stage.show({
      sessionUpdate: 'tool_call_update',
      toolCallId,
      status: 'failed',
      ...output('Not allowed.'),
    });
    return { reason: step.blockedWithout, kind: 'needs_input' };
  }
  await stage.show({ sessionUpdate: 'tool_call_update', toolCallId, status: 'in_progress' });
  const ended = await runCommand(stage, { toolCallId, argv: step.command });
  const status = ended.failure === null ? 'completed' : 'failed';
  await stage.show({ sessionUpdate: 'tool_call_update', toolCallId, status, ...output(ended.text) });
  stage.signal.throwIfAborted();
  if (ended.failure === null) return null;
  return {
    reason: `\`${command}\` ${ended.failure}. I only follow a script, so somebody has to look at it.`,
    kind: 'other',
  };
}

interface Ended {
  readonly text: string;
  readonly failure: string | null;
}

async function runCommand(
  stage: Stage,
  { toolCallId, argv }: { readonly toolCallId: string; readonly argv: readonly string[] },
): Promise<Ended> {
  stage.signal.throwIfAborted();
  const [program = '', ...args] = argv;
  // In our own process group, so that whoever ends us ends it too.
  const child = spawn(program, args, {
    cwd: stage.cwd,
    env: commandEnvironment(stage.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  let shown = '';
  const listen = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-SHOWN_CHARS);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const timer = setInterval(() => {
    if (text === shown) return;
    shown = text;
    const update = { sessionUpdate: 'tool_call_update', toolCallId, status: 'in_progress' } as const;
    // The connection can end while a command runs; then nobody looks any more.
    stage.show({ ...update, ...output(text) }).catch(() => undefined);
  }, SHOW_EVERY_MS);
  const failure = await untilEnd(child, stage.signal);
  clearInterval(timer);
  return { text, failure };
}

async function untilEnd(child: ChildProcess, signal: AbortSignal): Promise<string | null> {
  let killTimer: NodeJS.Timeout | undefined;
  // Asked first: `node --test` then ends the processes it started.
  const stop = (): void => {
    child.kill('SIGTERM');
    killTimer = setTimeout(() => child.kill('SIGKILL'), TERM_TO_KILL_MS);
  };
  signal.addEventListener('abort', stop, { once: true });
  const failure = await waitForEnd(child);
  signal.removeEventListener('abort', stop);
  clearTimeout(killTimer);
  return failure;
}

async function waitForEnd(child: ChildProcess): Promise<string | null> {
  try {
    const [code, signal] = await once(child, 'close');
    if (code === 0) return null;
    return signal === null ? `ended with exit code ${String(code)}` : `was ended by ${String(signal)}`;
  } catch (error) {
    return `could not be started (${(error as Error).message})`;
  }
}

/** The node that runs us comes first on the path; variables meant for us alone stay out. */
function commandEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...rest } = env;
  return { ...rest, PATH: [dirname(process.execPath), env['PATH'] ?? ''].join(delimiter) };
}

function output(text: string) {
  return { content: [{ type: 'content' as const, content: { type: 'text' as const, text } }] };
}
