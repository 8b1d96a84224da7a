import type { FileChange } from '@quarterdeck/contract/session';
import { z } from 'zod';
import type { ToolFields } from './acp-update.ts';
import { asRecord, blockText } from './acp-update.ts';
import { clipEnd } from './clip.ts';

const MAX_INPUT_CHARS = 8 * 1024;
const MAX_CHANGES = 50;
const MAX_CHANGE_CHARS = 64 * 1024;

const Diff = z.object({
  type: z.literal('diff'),
  path: z.string(),
  oldText: z.string().nullish(),
  newText: z.string(),
});

/** The arguments of a call as JSON text, or null when it has none yet. */
export function inputOf(rawInput: unknown): string | null {
  if (rawInput === undefined || rawInput === null) return null;
  if (typeof rawInput === 'object' && Object.keys(rawInput).length === 0) return null;
  return clipEnd(typeof rawInput === 'string' ? rawInput : JSON.stringify(rawInput), MAX_INPUT_CHARS);
}

/** The file changes among the contents of a call; null when it speaks of none. */
export function changesOf(content: ToolFields['content']): FileChange[] | null {
  const changes = (content ?? []).flatMap((block) => {
    const parsed = Diff.safeParse(block);
    if (!parsed.success) return [];
    const { path, oldText, newText } = parsed.data;
    const old = typeof oldText === 'string' ? clipEnd(oldText, MAX_CHANGE_CHARS) : null;
    return [{ path, oldText: old, newText: clipEnd(newText, MAX_CHANGE_CHARS) }];
  });
  if (changes.length === 0) return null;
  const left = changes.length - MAX_CHANGES;
  // What is not shown is counted where the next change would stand, so that nobody takes the list for the whole.
  const rest = left > 0 ? [{ path: `… and ${left} more`, oldText: null, newText: '' }] : [];
  return [...changes.slice(0, MAX_CHANGES), ...rest];
}

/** What a call printed or returned, in full as of this update; null when the update does not say. */
export function outputOf({ content, rawOutput }: ToolFields): string | null {
  const texts = (content ?? []).flatMap((block) => blockText(asRecord(block)?.['content']) ?? []);
  if (texts.length > 0) return texts.join('\n');
  return rawText(rawOutput);
}

/** Output a call printed since its last update. Codex sends it so, in `_meta`. */
export function outputDeltaOf({ _meta: meta }: ToolFields): string | null {
  const delta = meta?.['terminal_output_delta'] ?? meta?.['terminal_output'];
  const text = asRecord(delta)?.['data'] ?? delta;
  return typeof text === 'string' ? text : null;
}

/** The call of a subagent belongs to the call that started the subagent. */
export function parentOf({ parentToolCallId, _meta: meta }: ToolFields): string | null {
  const parent = parentToolCallId ?? asRecord(meta?.['claudeCode'])?.['parentToolUseId'];
  return typeof parent === 'string' ? parent : null;
}

/** The tool's own name, where an agent gives it beside the title: Claude in a field or in `_meta`, Qwen in `_meta`. */
export function toolNameOf({ name, _meta: meta }: ToolFields): string | null {
  const given = name ?? asRecord(meta?.['claudeCode'])?.['toolName'] ?? meta?.['toolName'];
  return typeof given === 'string' && given !== '' ? given : null;
}

/** A title a person can read: some agents put the arguments there, or the tool through which they call all others. */
export function titleOf({ title, rawInput }: Pick<ToolFields, 'title' | 'rawInput'>): string | null {
  if (!title || isJson(title)) return null;
  const name = title === 'ToolCall' ? asRecord(rawInput)?.['name'] : null;
  return typeof name === 'string' && name !== '' ? name : title;
}

/** Whether a block of a call's content says that it is a change of a file, or names one. */
export function isDiff(block: unknown): boolean {
  const fields = asRecord(block);
  return fields?.['type'] === 'diff' || typeof fields?.['path'] === 'string';
}

/** Whether a block tells in full what changes in a file. */
export function isWholeDiff(block: unknown): boolean {
  return Diff.safeParse(block).success;
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

const OUTPUT_FIELDS = ['output', 'error', 'stdout', 'formatted_output', 'content', 'message'];

function rawText(rawOutput: unknown): string | null {
  if (rawOutput === undefined || rawOutput === null) return null;
  if (typeof rawOutput === 'string') return rawOutput;
  if (Array.isArray(rawOutput))
    return rawOutput.flatMap((block) => blockText(block) ?? []).join('\n') || null;
  const fields = asRecord(rawOutput);
  const text = OUTPUT_FIELDS.map((name) => fields?.[name]).find((it) => typeof it === 'string');
  if (typeof text === 'string') return text;
  const content = fields?.['content'];
  if (Array.isArray(content)) return rawText(content) ?? JSON.stringify(rawOutput);
  const nested = asRecord(fields?.['result'])?.['content'];
  return Array.isArray(nested) ? rawText(nested) : JSON.stringify(rawOutput);
}
