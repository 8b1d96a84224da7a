import type { Scenario } from '@quarterdeck/testkit/model-server/scenario';
import { scenarioMarker } from '@quarterdeck/testkit/model-server/scenario';

/** What the scripted model says to each prompt of the probe. */
export const probeScenarios: Readonly<Record<string, Scenario>> = {
  work: [
    {
      reasoning: 'A file first.',
      text: 'I write it.',
      tools: [{ name: 'write', args: { filePath: 'hello.txt', content: 'hello\n' } }],
    },
    { tools: [{ name: 'bash', args: { command: 'cat hello.txt; exit 3', description: 'Show it' } }] },
    {
      tools: [
        { name: 'todowrite', args: { todos: [{ content: 'Test', status: 'pending', priority: 'high' }] } },
      ],
    },
    { tools: [{ name: 'task_complete', args: { summary: 'Wrote hello.txt' } }] },
    { text: 'All done.' },
  ],
  refused: [
    { tools: [{ name: 'bash', args: { command: 'rm -rf x', description: 'Clean' } }] },
    { text: 'Never said.' },
  ],
  asking: [
    { tools: [{ name: 'bash', args: { command: 'echo ask', description: 'Ask' } }] },
    { text: 'Never said.' },
  ],
  sleeping: [
    {
      tools: [
        { name: 'bash', args: { command: 'echo $$ > sleeping.pid; exec sleep 60', description: 'Sleep' } },
      ],
    },
  ],
  busy: [{ text: 'Recovered.', fault: { kind: 'status', status: 429, retryAfterSeconds: 1, times: 1 } }],
  limited: [{ fault: { kind: 'status', status: 429, retryAfterSeconds: 60 } }],
  unauthorised: [{ fault: { kind: 'status', status: 401 } }],
  stalled: [{ fault: { kind: 'stall' } }],
  parent: [
    {
      tools: [
        {
          name: 'task',
          args: { description: 'Look', prompt: `${scenarioMarker('child')} Look.`, subagent_type: 'general' },
        },
      ],
    },
    { text: 'Parent done.' },
  ],
  child: [
    { tools: [{ name: 'bash', args: { command: 'echo child', description: 'Child' } }] },
    { text: 'Child done.' },
  ],
};
