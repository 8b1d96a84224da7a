import type { ModelTurn, ScenarioStep, ScriptedToolCall } from '@quarterdeck/testkit/model-server/scenario';

/** Finds the folder a task is worked on in. */
export type FolderOf = (taskId: string) => string;

const TASK = /\btask (t_\w+)/g;

/** A step that calls one tool. */
export function calls(call: ScriptedToolCall): ScenarioStep {
  return { tools: [call] };
}

/** A tool of the board. */
export function board(name: string, args: Readonly<Record<string, unknown>> = {}): ScenarioStep {
  return calls({ name, args });
}

/** A call that needs to know where the task is worked on, which is only known once its model is asked. */
export function inFolder(folderOf: FolderOf, call: (folder: string) => ScriptedToolCall): ScenarioStep {
  const args = (turn: ModelTurn) => {
    const given = call(folderOf(taskIn(turn))).args;
    return typeof given === 'function' ? given(turn) : given;
  };
  return calls({ name: call('').name, args });
}

/** The task that a conversation is about: its brief names it. */
function taskIn(turn: ModelTurn): string {
  const said = turn.entries.filter(({ role }) => role === 'user').map(({ text }) => text);
  const [found] = [...said.join('\n').matchAll(TASK)];
  if (found?.[1] === undefined) throw new Error('the conversation names no task');
  return found[1];
}
