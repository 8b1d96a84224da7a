import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { describe, expect, it } from 'vitest';
import { writeBrief, writeFollowUp } from './write-brief.ts';
import { writeReviewBrief } from './write-review-brief.ts';

const task = makeTask({ id: 't_0001', title: 'Mend the door', body: 'It squeaks.' });
const diffStat = { files: 2, added: 9, removed: 4 };
const nothing = { parents: [], earlierRuns: [], comments: [] };
const comment = (id: number, body: string) => ({ id, taskId: task.id, author: 'bob', body, createdAt: 1 });

describe('the first prompt of a run', () => {
  it('tells the task and how to report, and nothing that is not there', () => {
    const brief = writeBrief({ task: { ...task, body: null }, ...nothing });
    expect(brief).toContain('task t_0001');
    expect(brief).toContain('# Mend the door');
    expect(brief).toContain('task_complete');
    expect(brief).not.toMatch(/# (Comments|Earlier|Finished)|null|undefined/);
  });

  it('tells what came before: parents, attempts and comments, each as whose it is', () => {
    const brief = writeBrief({
      task,
      parents: [{ ...makeTask({ id: 't_0002', title: 'Find the oil' }), result: 'in the shed' }],
      earlierRuns: [
        {
          purpose: 'work',
          attempt: 1,
          outcome: 'crashed',
          summary: null,
          error: 'no oil',
          endedAt: 1,
          diffStat: null,
        },
        {
          purpose: 'work',
          attempt: 2,
          outcome: 'blocked',
          summary: 'which oil?',
          error: null,
          endedAt: 2,
          diffStat: null,
        },
      ],
      comments: [comment(1, 'the green one')],
    });
    expect(brief).toContain('It squeaks.');
    expect(brief).toContain('- t_0002 Find the oil: in the shed');
    expect(brief).toContain('- attempt 1 ended as crashed: no oil');
    expect(brief).toContain('- attempt 2 ended as blocked: which oil?');
    expect(brief).toContain('- from bob: the green one');
  });

  it('is bounded: the newest comments, and long text cut', () => {
    const comments = Array.from({ length: 200 }, (_, index) =>
      comment(index, `c${index} ${'x'.repeat(9000)}`),
    );
    const brief = writeBrief({ task: { ...task, body: 'y'.repeat(1_000_000) }, ...nothing, comments });
    expect(brief.length).toBeLessThan(150_000);
    expect(brief).toContain('c199 ');
    expect(brief).not.toContain('c100 ');
    expect(brief).toContain('(cut)');
  });

  it('tells in full what was asked since the work was handed in, also after a crash in between', () => {
    const remark = `rename it ${'x'.repeat(5000)}`;
    const brief = writeBrief({
      task,
      parents: [],
      earlierRuns: [
        {
          purpose: 'work',
          attempt: 1,
          outcome: 'review_requested',
          summary: 'here',
          error: null,
          endedAt: 5,
          diffStat,
        },
        {
          purpose: 'work',
          attempt: 2,
          outcome: 'crashed',
          summary: null,
          error: 'no oil',
          endedAt: 20,
          diffStat: null,
        },
      ],
      comments: [comment(1, 'before'), { ...comment(2, remark), createdAt: 9 }],
    });
    expect(brief).toContain('- attempt 1 ended as review_requested (2 files changed, +9 -4): here');
    expect(brief).toContain('- from bob: before');
    expect(brief).toContain(`# Asked for since the work was handed in`);
    expect(brief).toContain(`From bob:\n\n${remark}`);
  });
});

describe('a new turn of the same session', () => {
  const handedIn = {
    purpose: 'work' as const,
    attempt: 1,
    summary: 'here',
    error: null,
    endedAt: 5,
    diffStat,
  };
  it('tells only what was asked since, and how to report', () => {
    const prompt = writeFollowUp({
      task,
      earlierRuns: [{ ...handedIn, outcome: 'review_requested' }],
      comments: [
        comment(1, 'before'),
        { ...comment(2, 'rename it'), createdAt: 9 },
        { ...comment(3, 'files were set aside'), createdAt: 9, author: 'dispatcher' },
      ],
    });
    expect(prompt).toContain('You handed in your work');
    expect(prompt).toContain('rename it');
    expect(prompt).toContain('task_complete');
    expect(prompt).not.toMatch(/It squeaks|before\b|set aside/);
  });

  it('says so when nobody said why', () => {
    const prompt = writeFollowUp({ task, earlierRuns: [{ ...handedIn, outcome: 'blocked' }], comments: [] });
    expect(prompt).toContain('You said that you cannot go on');
    expect(prompt).toContain('Nobody wrote down why');
  });
});

describe('K22 the brief of a reviewer', () => {
  const earlierRuns = [
    {
      purpose: 'work' as const,
      attempt: 1,
      outcome: 'review_requested' as const,
      profile: 'alpha',
      summary: 'x',
    },
  ];
  const project = { baseBranch: 'main' };
  const NO_SPAN = { baseCommit: null, headCommit: null };

  it('tells what was asked for, what the author says, how to see the changes, and to change nothing', () => {
    const handedIn = {
      ...task,
      result: 'I oiled it.',
      branch: 'qd/t_0001',
      workspaceKind: 'worktree' as const,
    };
    const brief = writeReviewBrief({
      task: handedIn,
      project,
      span: NO_SPAN,
      earlierRuns,
      comments: [comment(1, 'the green one')],
    });
    for (const told of [
      'It squeaks.',
      'I oiled it.',
      'alpha did it',
      'git diff main...qd/t_0001',
      'the green one',
    ])
      expect(brief).toContain(told);
    expect(brief).toContain('Change nothing');
    expect(brief).toMatch(/task_approve[\s\S]*task_request_changes/);
    expect(brief).not.toMatch(/task_complete|task_request_review/);
  });

  it('A5: says how to find tools that an agent hides, as every first prompt does', () => {
    const hint = 'search your tools for "quarterdeck"';
    const told = { task, parents: [], earlierRuns: [], comments: [] };
    expect(writeReviewBrief({ task, project, earlierRuns, comments: [], span: NO_SPAN })).toContain(hint);
    expect(writeBrief(told)).toContain(hint);
    expect(writeFollowUp(told)).toContain(hint);
  });

  it('points to the files where there is no branch', () => {
    const handedIn = { ...task, branch: null, workspaceKind: 'scratch' as const };
    expect(writeReviewBrief({ task: handedIn, project, span: NO_SPAN, earlierRuns, comments: [] })).toContain(
      'look at the files in the current directory',
    );
  });
});
