import type { Answer, AnswerToolCall } from './answer.ts';
import type { Dialect, StreamEvent } from './dialect.ts';
import { asList, asRecord, contentText, pieces, typedEvent } from './dialect.ts';
import { codexRefusal } from './openai-refusal.ts';
import type { ModelTurn, TurnEntry } from './scenario.ts';

const ID = 'resp_scripted';
const MESSAGE_ID = 'msg_scripted';

/** OpenAI's responses, which Codex speaks, without reasoning. A tool of a namespace is offered as `namespace__tool`. */
export const openaiResponses: Dialect = {
  speaks: (path) => path === '/v1/responses',
  read,
  whole: completed,
  events,
  failure: codexRefusal,
};

function read(body: Readonly<Record<string, unknown>>): ModelTurn {
  const { input } = body;
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : asList(input);
  return {
    model: String(body.model ?? ''),
    stream: body.stream === true,
    entries: items.flatMap(entryOf),
    toolNames: asList(body.tools).flatMap(toolNames),
  };
}

function entryOf(item: unknown): readonly TurnEntry[] {
  const { type, role, content, output } = asRecord(item);
  if (type === 'function_call_output') return [{ role: 'tool', text: contentText(output) }];
  if (role !== 'user' && role !== 'assistant') return [];
  return [{ role, text: contentText(content) }];
}

function toolNames(tool: unknown): readonly string[] {
  const { type, name, tools } = asRecord(tool);
  if (type !== 'namespace') return typeof name === 'string' ? [name] : [];
  return asList(tools).map((inner) => `${String(name)}__${String(asRecord(inner).name)}`);
}

function events(answer: Answer, model: string): readonly StreamEvent[] {
  const message = messageItem(answer);
  const spoken =
    message === undefined
      ? []
      : [
          typedEvent({
            type: 'response.output_item.added',
            output_index: 0,
            item: { ...message, content: [] },
          }),
          ...pieces(answer.text).map((delta) =>
            typedEvent({
              type: 'response.output_text.delta',
              item_id: MESSAGE_ID,
              output_index: 0,
              content_index: 0,
              delta,
            }),
          ),
          typedEvent({ type: 'response.output_item.done', output_index: 0, item: message }),
        ];
  const calls = answer.tools.flatMap((call, index) => {
    const at = { output_index: index + (message === undefined ? 0 : 1), item: callItem(call) };
    return [
      typedEvent({ type: 'response.output_item.added', ...at }),
      typedEvent({ type: 'response.output_item.done', ...at }),
    ];
  });
  return [
    typedEvent({
      type: 'response.created',
      response: { id: ID, object: 'response', model, status: 'in_progress', output: [] },
    }),
    ...spoken,
    ...calls,
    typedEvent({ type: 'response.completed', response: completed(answer, model) }),
  ];
}

function completed(answer: Answer, model: string) {
  const message = messageItem(answer);
  const output = [...(message === undefined ? [] : [message]), ...answer.tools.map(callItem)];
  const usage = {
    input_tokens: answer.inputTokens,
    output_tokens: answer.outputTokens,
    total_tokens: answer.inputTokens + answer.outputTokens,
  };
  return { id: ID, object: 'response', model, status: 'completed', output, usage };
}

function messageItem({ text }: Answer) {
  if (text === '') return undefined;
  const content = [{ type: 'output_text', text, annotations: [] }];
  return { type: 'message', id: MESSAGE_ID, role: 'assistant', status: 'completed', content };
}

function callItem({ id, name, args }: AnswerToolCall) {
  const split = name.lastIndexOf('__');
  const target = split === -1 ? { name } : { namespace: name.slice(0, split), name: name.slice(split + 2) };
  return { type: 'function_call', id: `fc_${id}`, call_id: id, ...target, arguments: JSON.stringify(args) };
}
