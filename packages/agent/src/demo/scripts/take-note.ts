import type { DemoScript } from '../script.ts';

/** What the demo agent does for a task it has no script for: it says so and leaves a note. */
export function takeNote(title: string): DemoScript {
  const path = `notes/${fileName(title)}.md`;
  return {
    title,
    body: '',
    plan: ['Say what I can do', 'Leave a note'],
    steps: [
      { kind: 'next' },
      {
        kind: 'say',
        text: 'I have no script for this task and no model to think with. I leave a note in the workspace, so that you can see a run and its diff from beginning to end.',
      },
      { kind: 'next' },
      {
        kind: 'write',
        path,
        content: `# ${title}\n\nThis note was left by Quarterdeck's demo agent, which only follows scripts.\nGive the task to a real agent, such as opencode or Claude Code, to have it done.\n`,
      },
      { kind: 'run', command: ['node', '--version'] },
    ],
    summary: `Left a note at \`${path}\`. The work itself was not done: this is the demo agent, and no model is involved.`,
  };
}

function fileName(title: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, 60).replace(/-$/, '') || 'task';
}
