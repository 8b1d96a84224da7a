import type { Answer } from './answer.ts';
import type { Dialect, StreamEvent } from './dialect.ts';
import { asList, asRecord, contentText, pieces } from './dialect.ts';
import { geminiRefusal } from './gemini-refusal.ts';
import type { ModelTurn, TurnEntry } from './scenario.ts';

const PATH = /^\/v1(?:beta)?\/models\/([^/:]+):(generateContent|streamGenerateContent)$/;

/** Google's generateContent, which Gemini CLI speaks. The model and the wish for a stream stand in the path. */
export const geminiGenerate: Dialect = {
  speaks: (path) => PATH.test(path),
  read,
  whole: (answer, model) => chunk(model, parts(answer), { answer, finishReason: 'STOP' }),
  events,
  failure: geminiRefusal,
};

function read(body: Readonly<Record<string, unknown>>, path: string): ModelTurn {
  const [, model = '', method] = PATH.exec(path) ?? [];
  return {
    model,
    stream: method === 'streamGenerateContent',
    entries: asList(body.contents).flatMap(entriesOf),
    toolNames: asList(body.tools).flatMap(toolNames),
  };
}

/** Results of calls come as parts of a user's content here. Gemini CLI repeats them when it takes up a conversation again. */
function entriesOf(content: unknown): readonly TurnEntry[] {
  const { role, parts: list } = asRecord(content);
  const responses = asList(list)
    .map((part) => asRecord(part).functionResponse)
    .filter((response) => response !== undefined)
    .map(asRecord);
  const isFirst = ({ id }: (typeof responses)[number], at: number) =>
    id === undefined || responses.findIndex((other) => other.id === id) === at;
  const results = responses
    .filter(isFirst)
    .map(({ response }): TurnEntry => ({ role: 'tool', text: JSON.stringify(response) }));
  const text = contentText(list);
  if (text === '') return results;
  return [...results, { role: role === 'model' ? 'assistant' : 'user', text }];
}

function toolNames(tool: unknown): readonly string[] {
  return asList(asRecord(tool).functionDeclarations).map((it) => String(asRecord(it).name ?? ''));
}

function parts({ reasoning, text, tools }: Answer): readonly unknown[] {
  return [
    ...(reasoning === '' ? [] : [{ text: reasoning, thought: true }]),
    ...(text === '' ? [] : [{ text }]),
    ...tools.map(({ id, name, args }) => ({ functionCall: { id, name, args } })),
  ];
}

function events(answer: Answer, model: string): readonly StreamEvent[] {
  const said = pieces(answer.text).map((text) => [{ text }]);
  const rest = parts({ ...answer, text: '' });
  return [
    ...said.map((list) => ({ data: chunk(model, list, {}) })),
    { data: chunk(model, rest, { answer, finishReason: 'STOP' }) },
  ];
}

function chunk(
  model: string,
  list: readonly unknown[],
  { answer, finishReason }: { readonly answer?: Answer; readonly finishReason?: string },
) {
  const candidate = { index: 0, content: { role: 'model', parts: list } };
  return {
    candidates: [finishReason === undefined ? candidate : { ...candidate, finishReason }],
    modelVersion: model,
    responseId: 'scripted',
    ...(answer === undefined ? {} : { usageMetadata: usage(answer) }),
  };
}

function usage({ inputTokens, outputTokens }: Answer) {
  return {
    promptTokenCount: inputTokens,
    candidatesTokenCount: outputTokens,
    totalTokenCount: inputTokens + outputTokens,
  };
}
