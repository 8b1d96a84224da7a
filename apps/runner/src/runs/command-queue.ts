import type { HostConnection } from '@quarterdeck/agent/host/connection';
import type { CommandId } from '@quarterdeck/contract/ids';
import type { RunCommand } from '@quarterdeck/contract/runner-protocol';

interface Waiting {
  readonly commandId: CommandId;
  readonly command: RunCommand;
}

/** Hands commands to a host in the order they came, also those that come before it is there. */
export interface CommandQueue {
  /** A command that is already waiting is not taken twice. */
  readonly put: (waiting: Waiting) => void;
  readonly attach: (connection: HostConnection) => void;
  readonly detach: () => void;
  /** The run is over: what waits, and all that still comes, is acknowledged and dropped. */
  readonly close: () => void;
}

/** `onAccepted` is called for each command once its host has written it down, or it was dropped. */
export function createCommandQueue(onAccepted: (commandId: CommandId) => void): CommandQueue {
  let waiting: Waiting[] = [];
  let connection: HostConnection | null = null;
  let isHandingOver = false;
  let isClosed = false;

  const settle = (commandId: CommandId): void => {
    if (!waiting.some((entry) => entry.commandId === commandId)) return;
    waiting = waiting.filter((entry) => entry.commandId !== commandId);
    onAccepted(commandId);
  };
  const handOver = async (): Promise<void> => {
    if (isHandingOver) return;
    isHandingOver = true;
    for (let next = waiting[0]; next && connection; next = waiting[0]) {
      const current = connection;
      const { commandId } = next;
      await current.send(next).then(
        () => settle(commandId),
        () => {
          // The connection ended first: the next one gets it, and the host carries it out once.
          if (connection === current) connection = null;
        },
      );
    }
    isHandingOver = false;
  };
  return {
    put: (entry) => {
      if (isClosed) return onAccepted(entry.commandId);
      if (waiting.some(({ commandId }) => commandId === entry.commandId)) return;
      waiting.push(entry);
      void handOver();
    },
    attach: (next) => {
      connection = next;
      void handOver();
    },
    detach: () => {
      connection = null;
    },
    close: () => {
      isClosed = true;
      for (const { commandId } of waiting) settle(commandId);
    },
  };
}
