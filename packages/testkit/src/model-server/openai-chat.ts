import type { Answer, AnswerToolCall } from './answer.ts';
import type { Dialect, StreamEvent } from './dialect.ts';
import { asList, asRecord, contentText, pieces } from './dialect.ts';
import { openaiRefusal } from './openai-refusal.ts';
import type { ModelTurn, TurnEntry } from './scenario.ts';

const ID = 'chatcmpl-scripted';

/** OpenAI's chat completions, which opencode and most compatible services speak. */
export const openaiChat: Dialect = {
  speaks: (path) => path === '/v1/chat/completions',
  read,
  whole,
  events,
  failure: openaiRefusal,
};

function read(body: Readonly<Record<string, unknown>>): ModelTurn {
  return {
    model: String(body.model ?? ''),
    stream: body.stream === true,
    entries: asList(body.messages).flatMap(entryOf),
    toolNames: asList(body.tools).map((tool) => String(asRecord(asRecord(tool).function).name ?? '')),
  };
}

function entryOf(message: unknown): readonly TurnEntry[] {
  const { role, content } = asRecord(message);
  if (role !== 'user' && role !== 'assistant' && role !== 'tool') return [];
  return [{ role, text: contentText(content) }];
}

function whole(answer: Answer, model: string): unknown {
  const message = {
    role: 'assistant',
    content: answer.text,
    ...(answer.reasoning === '' ? {} : { reasoning_content: answer.reasoning }),
    ...(answer.tools.length === 0 ? {} : { tool_calls: answer.tools.map((call) => toolCall(call)) }),
  };
  const choices = [{ index: 0, message, finish_reason: finishReason(answer) }];
  return { id: ID, object: 'chat.completion', created: 0, model, choices, usage: usage(answer) };
}

function events(answer: Answer, model: string): readonly StreamEvent[] {
  const deltas = [
    { role: 'assistant', content: '' },
    ...pieces(answer.reasoning).map((piece) => ({ reasoning_content: piece })),
    ...pieces(answer.text).map((piece) => ({ content: piece })),
    ...answer.tools.map((call, index) => ({ tool_calls: [{ index, ...toolCall(call) }] })),
  ];
  return [
    ...deltas.map((delta) => chunk(model, { choices: [{ index: 0, delta, finish_reason: null }] })),
    chunk(model, { choices: [{ index: 0, delta: {}, finish_reason: finishReason(answer) }] }),
    chunk(model, { choices: [], usage: usage(answer) }),
    { data: '[DONE]' },
  ];
}

function chunk(model: string, rest: Readonly<Record<string, unknown>>): StreamEvent {
  return { data: { id: ID, object: 'chat.completion.chunk', created: 0, model, ...rest } };
}

function toolCall(call: AnswerToolCall) {
  return {
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.args) },
  };
}

function finishReason(answer: Answer): string {
  return answer.tools.length > 0 ? 'tool_calls' : 'stop';
}

function usage(answer: Answer) {
  const { inputTokens, outputTokens } = answer;
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
}
