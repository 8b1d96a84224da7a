import { callTool } from './call-tool.ts';
import { editStep, readStep } from './edit-file.ts';
import { runStep } from './run-command.ts';
import { sayText } from './say-text.ts';
import type { DemoScript, DemoStep } from './script.ts';
import type { Obstacle, Stage } from './stage.ts';
import { pause } from './stage.ts';

/** How far a session has come in its script. A step counts when it is over, so a cancelled one is done again. */
export interface Progress {
  readonly script: DemoScript;
  readonly stepsDone: number;
  readonly plansBegun: number;
  /** Whether the outcome was reported to the board. */
  readonly isReported: boolean;
}

export function beginScript(script: DemoScript): Progress {
  return { script, stepsDone: 0, plansBegun: 0, isReported: false };
}

/** Plays the rest of the script and reports; calls `onProgress` after each step. Rejects when the turn is cancelled. */
export async function playScript(
  stage: Stage,
  from: Progress,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  let progress = from;
  for (const step of progress.script.steps.slice(progress.stepsDone)) {
    const obstacle = await playStep(stage, step, progress);
    if (obstacle !== null)
      return giveUp(stage, obstacle, () => onProgress({ ...progress, isReported: true }));
    const plansBegun = progress.plansBegun + (step.kind === 'next' ? 1 : 0);
    progress = { ...progress, stepsDone: progress.stepsDone + 1, plansBegun };
    onProgress(progress);
  }
  await showPlan(stage, progress.script.plan, progress.script.plan.length);
  await sayText(stage, 'say', progress.script.summary);
  const { cannotReport } = progress.script;
  if (cannotReport !== undefined) {
    const obstacle = { reason: cannotReport, kind: 'capability' } as const;
    return giveUp(stage, obstacle, () => onProgress({ ...progress, isReported: true }));
  }
  const report = progress.script.wantsReview ? 'task_request_review' : 'task_complete';
  const answer = await callTool(stage, report, { summary: progress.script.summary });
  if (answer.isError)
    return sayText(stage, 'say', `I could not report that the task is done. ${answer.text}`);
  onProgress({ ...progress, isReported: true });
}

async function playStep(stage: Stage, step: DemoStep, progress: Progress): Promise<Obstacle | null> {
  stage.signal.throwIfAborted();
  switch (step.kind) {
    case 'say':
    case 'think':
      await sayText(stage, step.kind, step.text);
      return null;
    case 'next':
      await showPlan(stage, progress.script.plan, progress.plansBegun);
      await pause(stage, 400);
      return null;
    case 'read':
      return readStep(stage, step.path);
    case 'write':
    case 'replace':
      return editStep(stage, step);
    case 'run':
      return runStep(stage, step);
    case 'call':
      // A note that does not arrive is no reason to stop.
      await callTool(stage, step.tool, step.input);
      return null;
  }
}

async function giveUp(stage: Stage, obstacle: Obstacle, onReported: () => void): Promise<void> {
  await sayText(stage, 'say', obstacle.reason);
  const answer = await callTool(stage, 'task_block', { reason: obstacle.reason, kind: obstacle.kind });
  if (!answer.isError) onReported();
}

/** Shows the plan with the entries before `current` done and that one under way. */
async function showPlan(stage: Stage, plan: readonly string[], current: number): Promise<void> {
  const entries = plan.map((content, index) => ({
    content,
    priority: 'medium' as const,
    status:
      index < current
        ? ('completed' as const)
        : index === current
          ? ('in_progress' as const)
          : ('pending' as const),
  }));
  await stage.show({ sessionUpdate: 'plan', entries });
}
