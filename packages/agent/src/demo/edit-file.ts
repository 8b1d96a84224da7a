import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DemoStep } from './script.ts';
import type { Obstacle, Stage } from './stage.ts';
import { pause } from './stage.ts';

const LOOK_MS = 500;

type Edit = Extract<DemoStep, { kind: 'write' | 'replace' }>;

/** Reads a file and shows it. */
export async function readStep(stage: Stage, path: string): Promise<Obstacle | null> {
  const toolCallId = stage.nextId('read');
  const absolute = join(stage.cwd, path);
  await stage.show({
    sessionUpdate: 'tool_call',
    toolCallId,
    title: `Read ${path}`,
    kind: 'read',
    status: 'in_progress',
    locations: [{ path: absolute }],
    rawInput: { path },
  });
  await pause(stage, LOOK_MS);
  const text = await readOrNull(absolute);
  const content = [
    { type: 'content' as const, content: { type: 'text' as const, text: text ?? `There is no ${path}.` } },
  ];
  const status = text === null ? 'failed' : 'completed';
  await stage.show({ sessionUpdate: 'tool_call_update', toolCallId, status, content });
  return text === null ? missing(path) : null;
}

/** Changes a file for real and shows the change as a diff. Doing it twice changes nothing more. */
export async function editStep(stage: Stage, step: Edit): Promise<Obstacle | null> {
  const toolCallId = stage.nextId('edit');
  const path = join(stage.cwd, step.path);
  const before = await readOrNull(path);
  const after = step.kind === 'write' ? step.content : replaceOnce(before, step.find, step.put);
  await stage.show({
    sessionUpdate: 'tool_call',
    toolCallId,
    title: `${before === null ? 'Write' : 'Edit'} ${step.path}`,
    kind: 'edit',
    status: 'in_progress',
    locations: [{ path }],
    rawInput: { path: step.path },
  });
  await pause(stage, 2 * LOOK_MS);
  if (after === null) {
    await stage.show({ sessionUpdate: 'tool_call_update', toolCallId, status: 'failed' });
    return missing(step.path);
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, after);
  await stage.show({
    sessionUpdate: 'tool_call_update',
    toolCallId,
    status: 'completed',
    content: [{ type: 'diff', path, oldText: before, newText: after }],
  });
  return null;
}

function replaceOnce(text: string | null, find: string, put: string): string | null {
  if (text === null) return null;
  if (text.includes(put)) return text;
  return text.includes(find) ? text.replace(find, () => put) : null;
}

function missing(path: string): Obstacle {
  return {
    reason: `The file ${path} is not as my script expects it. I only follow a script, so somebody else has to look at it.`,
    kind: 'other',
  };
}

async function readOrNull(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
