import { callTool } from './call-tool.ts';
import { chooseScript } from './choose-script.ts';
import type { Progress } from './play-script.ts';
import { beginScript, playScript } from './play-script.ts';
import { sayText } from './say-text.ts';
import type { Stage } from './stage.ts';

const WHO_I_AM =
  "I am Quarterdeck's demo agent: no model is involved, I follow a script. The edits and commands you see are real.";

/** One prompt to the demo agent and how far its session has come. */
export interface DemoTurn {
  readonly text: string;
  /** Null before the first prompt. */
  readonly progress: Progress | null;
  readonly onProgress: (progress: Progress) => void;
}

/** Answers a prompt: the first one plays the task's script, a later one goes on with it or gets a short honest answer. */
export async function playTurn(stage: Stage, turn: DemoTurn): Promise<void> {
  const { progress, onProgress } = turn;
  if (progress === null) {
    const script = chooseScript(turn.text);
    await sayText(stage, 'say', WHO_I_AM);
    await callTool(stage, 'task_show', {});
    const begun = beginScript(script);
    onProgress(begun);
    return playScript(stage, begun, onProgress);
  }
  if (!progress.isReported) {
    await sayText(stage, 'say', 'I go on with my script where I stopped.');
    return playScript(stage, progress, onProgress);
  }
  await sayText(
    stage,
    'say',
    'I am a demo agent without a model, so I cannot answer that. My script for this task is at its end. Give the task to opencode, Claude Code or another agent to have a real conversation.',
  );
}
