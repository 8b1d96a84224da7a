import type { CommandId } from '@quarterdeck/contract/ids';
import type { RunCommand } from '@quarterdeck/contract/runner-protocol';
import type { Permissions } from './permissions.ts';
import type { Recorder } from './recorder.ts';
import type { Turns } from './turns.ts';

const CANCEL_MS = 5000;
const STOP_MS = 2000;

export interface Controls {
  readonly turns: Turns;
  readonly permissions: Permissions;
  readonly recorder: Recorder;
  /** Ends the run in good order. */
  readonly end: () => void;
}

/** Does what the server asks of a run. */
export function carryOutCommand(controls: Controls, commandId: CommandId, command: RunCommand): void {
  const { turns, permissions, recorder, end } = controls;
  recorder.log(`command ${command.kind}`);
  switch (command.kind) {
    case 'start':
      break;
    case 'prompt':
      turns.prompt({ itemId: `prompt:${commandId}`, author: command.author, text: command.text });
      break;
    case 'answer':
      if (!permissions.answer(command.requestId, command, command.by)) {
        recorder.log(`the question ${command.requestId} is not open any more`);
      }
      break;
    case 'interrupt':
      void turns.cancel(CANCEL_MS);
      break;
    case 'finish':
      turns.forgetWaiting();
      if (!turns.isBusy()) end();
      else setTimeout(() => void turns.cancel(CANCEL_MS).then(end), command.graceMs);
      break;
    case 'stop':
      recorder.log(`stopping: ${command.because}`);
      turns.forgetWaiting();
      void turns.cancel(STOP_MS).then(end);
      break;
  }
}
