import { expect, it } from 'vitest';
import { startModelServer } from './start-model-server.ts';

const scenarios = {
  work: [
    { reasoning: 'Hm.', text: 'On it.', tools: [{ name: 'task_complete', args: { summary: 'done' } }] },
    { text: 'Bye.' },
  ],
};

async function post(url: string, body: unknown): Promise<string> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  expect(response.status).toBe(200);
  return response.text();
}

function eventsOf(text: string): readonly { readonly type: string }[] {
  const lines = text.split('\n').filter((line) => line.startsWith('data: '));
  return lines.map((line) => JSON.parse(line.slice(6)));
}

it('speaks Anthropic messages, where tool results are user messages', async () => {
  await using server = await startModelServer({ scenarios });
  const url = `${server.url}/v1/messages?beta=true`;
  const tools = [{ name: 'mcp__control__task_complete', input_schema: {} }];
  const prompt = { role: 'user', content: [{ type: 'text', text: '[[scenario:work]]' }] };
  const events = eventsOf(await post(url, { model: 'm', stream: true, tools, messages: [prompt] }));
  expect(events[0]).toMatchObject({ type: 'message_start', message: { usage: { input_tokens: 1000 } } });
  expect(events.filter(({ type }) => type === 'content_block_start')).toMatchObject([
    { index: 0, content_block: { type: 'thinking' } },
    { index: 1, content_block: { type: 'text' } },
    { index: 2, content_block: { type: 'tool_use', name: 'mcp__control__task_complete' } },
  ]);
  expect(events.at(-2)).toMatchObject({ delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 50 } });
  const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1_0', content: 'ok' }] };
  const whole = await post(url, {
    model: 'm',
    tools,
    messages: [prompt, { role: 'assistant', content: [] }, result],
  });
  expect(JSON.parse(whole)).toMatchObject({
    content: [{ type: 'text', text: 'Bye.' }],
    stop_reason: 'end_turn',
  });
});

it('speaks OpenAI responses, where MCP tools sit in a namespace', async () => {
  await using server = await startModelServer({ scenarios });
  const url = `${server.url}/v1/responses`;
  const tools = [
    { type: 'namespace', name: 'mcp__control', tools: [{ type: 'function', name: 'task_complete' }] },
  ];
  const prompt = {
    type: 'message',
    role: 'user',
    content: [{ type: 'input_text', text: '[[scenario:work]]' }],
  };
  const events = eventsOf(await post(url, { model: 'm', stream: true, tools, input: [prompt] }));
  expect(events.at(-1)).toMatchObject({
    type: 'response.completed',
    response: {
      output: [
        { type: 'message', content: [{ text: 'On it.' }] },
        {
          type: 'function_call',
          namespace: 'mcp__control',
          name: 'task_complete',
          arguments: '{"summary":"done"}',
        },
      ],
      usage: { total_tokens: 1050 },
    },
  });
  const output = { type: 'function_call_output', call_id: 'call_1_0', output: 'ok' };
  const whole = await post(url, { model: 'm', tools, input: [prompt, output] });
  expect(JSON.parse(whole)).toMatchObject({ output: [{ content: [{ text: 'Bye.' }] }] });
});
