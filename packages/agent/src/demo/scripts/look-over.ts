import type { DemoScript } from '../script.ts';

/** What the demo agent does when it is asked to review: it looks at the last commits, and leaves the judgement to a person. */
export function lookOver(title: string): DemoScript {
  return {
    title,
    body: '',
    plan: ['Look at the last commits', 'Say what I can do'],
    steps: [
      { kind: 'next' },
      { kind: 'run', command: ['git', 'log', '--stat', '--max-count=3'] },
      { kind: 'next' },
    ],
    summary: 'I looked at the last commits.',
    cannotReport:
      'I am the demo agent and have no model to judge work with. Review it yourself, or name an agent such as opencode or Claude Code as the reviewer.',
  };
}
