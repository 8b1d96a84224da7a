import { useEffect, useState } from 'react';
import { client } from '../../connection/client.ts';
import type { GraphTask } from './choose-graph.ts';

const NONE: ReadonlyMap<string, GraphTask> = new Map();

/** Relatives of a task as the server knows them, for those that are archived and so not on the board. */
export function useOffBoard(taskId: string | undefined): ReadonlyMap<string, GraphTask> {
  const [known, setKnown] = useState(NONE);
  useEffect(() => {
    let isCurrent = true;
    setKnown(NONE);
    if (taskId === undefined) return;
    void client.call('task.graph', { params: { taskId } }).then((reply) => {
      if (isCurrent && reply.ok) setKnown(new Map(reply.value.nodes.map((node) => [node.id, node])));
    });
    return () => {
      isCurrent = false;
    };
  }, [taskId]);
  return known;
}
