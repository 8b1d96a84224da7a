import type { DemoScript } from '../script.ts';

/** The heading under which a brief says what reviewers ask for. */
const ASKED = '# Asked for since the work was handed in';

/** What the demo agent does when its work comes back with remarks: it cannot follow them, so it writes them down and hands in again. */
export function noteRemarks(title: string, prompt: string): DemoScript | null {
  const [, asked] = prompt.split(ASKED);
  if (asked === undefined) return null;
  const remarks = (asked.split('\n# ')[0] ?? '').trim().slice(0, 8_000);
  return {
    title,
    body: '',
    plan: ['Read the remarks', 'Write them down'],
    steps: [
      { kind: 'next' },
      {
        kind: 'say',
        text: 'I have your remarks. No model is involved, so I cannot follow them; I write them down, so that you can see how a review goes back and forth.',
      },
      { kind: 'next' },
      {
        kind: 'write',
        path: 'notes/review.md',
        content: `# What the review asked for\n\n${remarks}\n`,
      },
    ],
    summary:
      'Wrote the remarks to `notes/review.md`. They were not followed: this is the demo agent, and no model is involved.',
    wantsReview: true,
  };
}
