import type { Answer } from './answer.ts';
import { anthropicRefusal } from './anthropic-refusal.ts';
import type { Dialect, StreamEvent } from './dialect.ts';
import { asList, asRecord, contentText, pieces, typedEvent } from './dialect.ts';
import type { ModelTurn, TurnEntry } from './scenario.ts';

const ID = 'msg_scripted';

/** Anthropic's messages, which Claude Code speaks. */
export const anthropicMessages: Dialect = {
  speaks: (path) => path === '/v1/messages',
  read,
  whole,
  events,
  failure: anthropicRefusal,
};

function read(body: Readonly<Record<string, unknown>>): ModelTurn {
  return {
    model: String(body.model ?? ''),
    stream: body.stream === true,
    entries: asList(body.messages).flatMap(entriesOf),
    toolNames: asList(body.tools).map((tool) => String(asRecord(tool).name ?? '')),
  };
}

/** Tool results come inside user messages here, in front of any text. */
function entriesOf(message: unknown): readonly TurnEntry[] {
  const { role, content } = asRecord(message);
  if (role !== 'user' && role !== 'assistant') return [];
  const results = asList(content)
    .map(asRecord)
    .filter((part) => part.type === 'tool_result')
    .map((part): TurnEntry => ({ role: 'tool', text: contentText(part.content) }));
  const text = contentText(content);
  return text === '' ? results : [...results, { role, text }];
}

function whole(answer: Answer, model: string): unknown {
  return { ...opening(answer, model), content: blocks(answer), stop_reason: stopReason(answer) };
}

function opening(answer: Answer, model: string) {
  const usage = { input_tokens: answer.inputTokens, output_tokens: answer.outputTokens };
  return {
    id: ID,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
}

function blocks(answer: Answer) {
  return [
    ...(answer.reasoning === ''
      ? []
      : [{ type: 'thinking', thinking: answer.reasoning, signature: 'scripted' }]),
    ...(answer.text === '' ? [] : [{ type: 'text', text: answer.text }]),
    ...answer.tools.map(({ id, name, args }) => ({ type: 'tool_use', id, name, input: args })),
  ];
}

function events(answer: Answer, model: string): readonly StreamEvent[] {
  const streamed = [
    ...(answer.reasoning === '' ? [] : [thinkingBlock(answer.reasoning)]),
    ...(answer.text === '' ? [] : [textBlock(answer.text)]),
    ...answer.tools.map(toolBlock),
  ];
  const delta = { stop_reason: stopReason(answer), stop_sequence: null };
  return [
    typedEvent({ type: 'message_start', message: opening(answer, model) }),
    ...streamed.flatMap(({ start, deltas }, index) => [
      typedEvent({ type: 'content_block_start', index, content_block: start }),
      ...deltas.map((piece) => typedEvent({ type: 'content_block_delta', index, delta: piece })),
      typedEvent({ type: 'content_block_stop', index }),
    ]),
    typedEvent({ type: 'message_delta', delta, usage: { output_tokens: answer.outputTokens } }),
    typedEvent({ type: 'message_stop' }),
  ];
}

interface StreamedBlock {
  readonly start: unknown;
  readonly deltas: readonly unknown[];
}

function thinkingBlock(thinking: string): StreamedBlock {
  const deltas = pieces(thinking).map((piece) => ({ type: 'thinking_delta', thinking: piece }));
  return {
    start: { type: 'thinking', thinking: '', signature: '' },
    deltas: [...deltas, { type: 'signature_delta', signature: 'scripted' }],
  };
}

function textBlock(text: string): StreamedBlock {
  const deltas = pieces(text).map((piece) => ({ type: 'text_delta', text: piece }));
  return { start: { type: 'text', text: '' }, deltas };
}

function toolBlock({ id, name, args }: Answer['tools'][number]): StreamedBlock {
  const deltas = [{ type: 'input_json_delta', partial_json: JSON.stringify(args) }];
  return { start: { type: 'tool_use', id, name, input: {} }, deltas };
}

function stopReason(answer: Answer): string {
  return answer.tools.length > 0 ? 'tool_use' : 'end_turn';
}
