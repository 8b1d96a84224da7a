import type { TaskCard } from '@quarterdeck/contract/task';
import type { BoardState } from '../../connection/board-state.ts';

export interface GraphSearch {
  /** Only this task with all it waits for and all that wait for it. */
  readonly task?: string;
  readonly project?: string;
  /** Finished tasks too. */
  readonly finished?: 'yes';
}

/** What is drawn of a task. */
export type GraphTask = Pick<TaskCard, 'id' | 'title' | 'status' | 'assignee'>;

export interface ChosenGraph {
  readonly tasks: readonly GraphTask[];
  readonly links: readonly GraphLink[];
  /** Tasks that would belong to it but are too many to draw. */
  readonly leftOut: number;
}

export interface GraphLink {
  readonly parentId: string;
  readonly childId: string;
}

/** More cannot be told apart on a screen. */
export const MOST_NODES = 250;

type GraphBoard = Pick<BoardState, 'cards' | 'parentsOf' | 'childrenOf'>;
type Known = ReadonlyMap<string, GraphTask>;
const NONE: Known = new Map();

/** The tasks and links to draw: those around one task, or all that are linked. `offBoard` has relatives that are archived. */
export function chooseGraph(board: GraphBoard, search: GraphSearch, offBoard: Known = NONE): ChosenGraph {
  const all = search.task === undefined ? linked(board, search) : around(board, search.task);
  const ids = new Set(all.slice(0, MOST_NODES));
  const tasks = [...ids].flatMap((id) => board.cards.get(id) ?? offBoard.get(id) ?? []);
  const shown = new Set<string>(tasks.map((task) => task.id));
  const links = tasks.flatMap(({ id }) =>
    (board.parentsOf.get(id) ?? [])
      .filter((parentId) => shown.has(parentId))
      .map((parentId) => ({ parentId, childId: id })),
  );
  return { tasks, links, leftOut: all.length - ids.size };
}

/** Linked tasks, open ones first, so that what is left out is what matters least. */
function linked({ cards, parentsOf, childrenOf }: GraphBoard, search: GraphSearch): readonly string[] {
  const isWanted = (card: TaskCard | undefined) =>
    card !== undefined &&
    (search.project === undefined || card.projectId === search.project) &&
    (search.finished === 'yes' || !isFinished(card));
  const found = [...cards.values()].filter((card) => {
    const near = [...(parentsOf.get(card.id) ?? []), ...(childrenOf.get(card.id) ?? [])];
    return isWanted(card) && near.some((id) => isWanted(cards.get(id)));
  });
  return found
    .toSorted((a, b) => Number(isFinished(a)) - Number(isFinished(b)) || b.createdAt - a.createdAt)
    .map((card) => card.id);
}

function isFinished({ status }: TaskCard): boolean {
  return status === 'done' || status === 'archived';
}

/** A task and its relatives, nearest first. */
function around({ parentsOf, childrenOf }: GraphBoard, taskId: string): readonly string[] {
  const found = new Set([taskId]);
  for (const next of [parentsOf, childrenOf]) {
    const queue = [taskId];
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      const fresh = (next.get(id) ?? []).filter((it) => !found.has(it));
      for (const it of fresh) found.add(it);
      queue.push(...fresh);
    }
  }
  return [...found];
}

/** Reads the address leniently: what makes no sense is left out. */
export function readGraphSearch(raw: Readonly<Record<string, unknown>>): GraphSearch {
  const { task, project, finished } = raw;
  return {
    ...(typeof task === 'string' && task !== '' ? { task } : {}),
    ...(typeof project === 'string' && project !== '' ? { project } : {}),
    ...(finished === 'yes' ? { finished } : {}),
  };
}
