import { type Scenario, scenarioMarker } from '@quarterdeck/testkit/model-server/scenario';

/** What the scripted model says to real opencode in the journeys. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'add-greeting': [
    {
      reasoning: 'The greeting belongs in a file of its own.',
      text: 'I add the greeting.',
      tools: [
        {
          name: 'write',
          args: { filePath: 'src/greet.js', content: "export const greet = (name) => 'Ahoy, ' + name;\n" },
        },
      ],
    },
    { tools: [{ name: 'bash', args: { command: 'node --check src/greet.js', description: 'Check it' } }] },
    { tools: [{ name: 'task_complete', args: { summary: 'Added src/greet.js' } }] },
    { text: 'The greeting is in place.' },
  ],
  'use-greeting': [
    { tools: [{ name: 'read', args: { filePath: 'src/greet.js' } }] },
    { tools: [{ name: 'task_complete', args: { summary: 'The greeting of the task before is there' } }] },
    { text: 'Done.' },
  ],
  'refused-then-blocked': [
    { tools: [{ name: 'bash', args: { command: 'git push --force', description: 'Publish' } }] },
    { text: 'I was not allowed to publish.' },
    { tools: [{ name: 'task_block', args: { reason: 'I may not publish', kind: 'needs_input' } }] },
    { text: 'I stop here.' },
  ],
  delegating: [
    {
      tools: [
        {
          name: 'task',
          args: {
            description: 'Look around',
            prompt: `${scenarioMarker('delegate')} List the files.`,
            subagent_type: 'general',
          },
        },
      ],
    },
    { tools: [{ name: 'task_complete', args: { summary: 'The delegate looked around' } }] },
    { text: 'Done.' },
  ],
  delegate: [
    { tools: [{ name: 'bash', args: { command: 'ls -a', description: 'List files' } }] },
    { text: 'There they are.' },
  ],
  'reviewed-twice': [
    { tools: [{ name: 'write', args: { filePath: 'src/wave.js', content: 'first\n' } }] },
    { tools: [{ name: 'task_request_review', args: { summary: 'The first try' } }] },
    { text: 'I wait for the review.' },
    // A fresh session would begin at the top again.
    { tools: [{ name: 'edit', args: { filePath: 'src/wave.js', oldString: 'first', newString: 'second' } }] },
    { tools: [{ name: 'task_request_review', args: { summary: 'The second try' } }] },
    { text: 'I wait again.' },
  ],
  unauthorised: [{ fault: { kind: 'status', status: 401 } }],
  silent: [
    { text: 'I think about it.' },
    { text: 'I still think.' },
    { text: 'And on.' },
    { text: 'And on.' },
  ],
};
