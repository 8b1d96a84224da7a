import { describe, expect, it } from 'vitest';
import { asList, asRecord } from './dialect.ts';
import type { Scenario } from './scenario.ts';
import { scenarioMarker } from './scenario.ts';
import type { ModelServer } from './start-model-server.ts';
import { startModelServer } from './start-model-server.ts';

const scenarios: Readonly<Record<string, Scenario>> = {
  greet: [{ reasoning: 'Be kind.', text: 'Good morning.' }],
  finish: [{ tools: [{ name: 'task_complete', args: { summary: 'done' } }] }, { text: 'Bye.' }],
  echo: [{ tools: [{ name: 'bash', args: (turn) => ({ command: `echo ${turn.model}` }) }] }],
  busy: [{ text: 'Now.', fault: { kind: 'status', status: 429, retryAfterSeconds: 7, times: 1 } }],
  broken: [{ fault: { kind: 'status', status: 500 } }],
  cut: [{ text: 'Half an answer.', fault: { kind: 'cut' } }],
  malformed: [{ text: 'Half an answer.', fault: { kind: 'malformed' } }],
  stall: [{ fault: { kind: 'stall' } }],
  slow: [{ text: 'Late.', delayMs: 60_000 }],
};
const tools = ['bash', 'quarterdeck_task_complete'];

function chat(
  server: ModelServer,
  scenario: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Response> {
  const body = {
    model: 'probe',
    messages: [
      { role: 'system', content: 'You are an agent.' },
      { role: 'user', content: [{ type: 'text', text: `Brief ${scenarioMarker(scenario)}` }] },
    ],
    tools: tools.map((name) => ({ type: 'function', function: { name } })),
    ...more,
  };
  return fetch(`${server.url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body) });
}

/** The payloads of a server-sent event stream, `[DONE]` included as text. */
async function streamed(response: Response): Promise<readonly unknown[]> {
  const lines = (await response.text()).split('\n').filter((line) => line.startsWith('data: '));
  return lines.map((line) => (line === 'data: [DONE]' ? '[DONE]' : JSON.parse(line.slice(6))));
}

function deltas(events: readonly unknown[]): readonly Readonly<Record<string, unknown>>[] {
  return events.map((event) => asRecord(asRecord(asList(asRecord(event).choices)[0]).delta));
}

describe('the chat dialect', () => {
  it('streams reasoning, text, usage and the end', async () => {
    await using server = await startModelServer({ scenarios });
    const response = await chat(server, 'greet', { stream: true });
    const events = await streamed(response);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(
      deltas(events)
        .map((delta) => delta.reasoning_content ?? '')
        .join(''),
    ).toBe('Be kind.');
    expect(
      deltas(events)
        .map((delta) => delta.content ?? '')
        .join(''),
    ).toBe('Good morning.');
    expect(events.at(-2)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 1000, completion_tokens: 50 },
    });
    expect(events.at(-1)).toBe('[DONE]');
  });

  it('calls the offered tool a script means by suffix', async () => {
    await using server = await startModelServer({ scenarios });
    const events = await streamed(await chat(server, 'finish', { stream: true }));
    const called = deltas(events).flatMap((delta) => asList(delta.tool_calls));
    expect(called).toMatchObject([
      { index: 0, function: { name: 'quarterdeck_task_complete', arguments: '{"summary":"done"}' } },
    ]);
  });

  it('answers without a stream too, and computes arguments from the request', async () => {
    await using server = await startModelServer({ scenarios });
    const body = await (await chat(server, 'echo')).json();
    const call = { function: { name: 'bash', arguments: '{"command":"echo probe"}' } };
    expect(body).toMatchObject({
      choices: [{ message: { tool_calls: [call] }, finish_reason: 'tool_calls' }],
    });
  });

  it('gives every request its own tool call ids', async () => {
    await using server = await startModelServer({ scenarios });
    const texts = [await (await chat(server, 'finish')).text(), await (await chat(server, 'finish')).text()];
    expect(new Set(texts.map((text) => /"id":"(call_[^"]+)"/.exec(text)?.[1])).size).toBe(2);
  });

  it('answers a call without tools with a title', async () => {
    await using server = await startModelServer({ scenarios });
    const body = await (await chat(server, 'greet', { tools: [] })).json();
    expect(body).toMatchObject({ choices: [{ message: { content: 'Scripted title' } }] });
  });

  it('says so when a scenario does not exist', async () => {
    await using server = await startModelServer({ scenarios });
    const body = await (await chat(server, 'misspelt')).json();
    expect(body).toMatchObject({
      choices: [{ message: { content: 'There is no scenario named misspelt.' } }],
    });
  });
});

describe('faults', () => {
  it('answers 429 with retry-after as often as asked, then the answer', async () => {
    await using server = await startModelServer({ scenarios });
    const refused = await chat(server, 'busy');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await chat(server, 'busy')).status).toBe(200);
  });

  it('answers 500 for ever when no number is given', async () => {
    await using server = await startModelServer({ scenarios });
    expect((await chat(server, 'broken')).status).toBe(500);
    expect((await chat(server, 'broken')).status).toBe(500);
  });

  it('cuts a stream after its first event', async () => {
    await using server = await startModelServer({ scenarios });
    const response = await chat(server, 'cut', { stream: true });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('"role":"assistant"');
    await expect(drained(reader)).rejects.toThrow();
  });

  it('sends JSON that does not parse', async () => {
    await using server = await startModelServer({ scenarios });
    await expect(streamed(await chat(server, 'malformed', { stream: true }))).rejects.toThrow(SyntaxError);
  });

  it.each(['stall', 'slow'])('ends an unanswered request when it stops: %s', async (scenario) => {
    const server = await startModelServer({ scenarios });
    const pending = chat(server, scenario).then(
      (response) => response.text(),
      () => 'hung up',
    );
    await server.waitForRequest((request) => request.scenario === scenario);
    await server.stop();
    expect(await pending).toBe('hung up');
    await server.stop();
  });
});

describe('the log', () => {
  it('keeps each request with its body and step', async () => {
    await using server = await startModelServer({ scenarios });
    const messages = [
      { role: 'user', content: scenarioMarker('finish') },
      { role: 'assistant', tool_calls: [] },
      { role: 'tool', tool_call_id: 'call_1_0', content: 'The task is complete.' },
    ];
    await (await chat(server, 'finish', { messages })).text();
    expect(server.requests).toMatchObject([
      { number: 1, path: '/v1/chat/completions', scenario: 'finish', stepIndex: 1, body: { model: 'probe' } },
    ]);
    expect(server.requests[0]?.turn.entries.at(-1)).toEqual({ role: 'tool', text: 'The task is complete.' });
  });

  it('delivers a request that comes later, and gives up in time', async () => {
    await using server = await startModelServer({ scenarios });
    const awaited = server.waitForRequest((request) => request.scenario === 'greet');
    await (await chat(server, 'greet')).text();
    expect((await awaited).turn.toolNames).toEqual(tools);
    await expect(server.waitForRequest((request) => request.scenario === 'never', 20)).rejects.toThrow(
      '20 ms',
    );
  });
});

async function drained(reader: ReadableStreamDefaultReader<string> | undefined): Promise<void> {
  for (let isDone = false; !isDone; ) isDone = (await reader?.read())?.done ?? true;
}
