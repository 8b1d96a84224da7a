import type { Board } from '@quarterdeck/contract/board';
import type { Project } from '@quarterdeck/contract/project';
import type { Proposal } from '@quarterdeck/contract/proposal';
import type { Link, Task, TaskCard } from '@quarterdeck/contract/task';
import { type Columns, sortIntoColumns } from './column-order.ts';
import { type SharedMap, sharedMap } from './shared-map.ts';

type Neighbours = ReadonlyMap<string, readonly string[]>;

/** Everything the board shows, as of the event `cursor`. Replaced as a whole, never changed in place. */
export interface BoardState {
  readonly cards: SharedMap<TaskCard>;
  /** The same cards by column, in order. */
  readonly columns: Columns;
  readonly parentsOf: Neighbours;
  readonly childrenOf: Neighbours;
  /** Proposals that wait for a person, oldest first. */
  readonly pending: ReadonlyMap<string, Proposal>;
  readonly projects: ReadonlyMap<string, Project>;
  readonly cursor: number;
  readonly hasArchived: boolean;
}

export const EMPTY_BOARD: BoardState = {
  cards: sharedMap([]),
  columns: new Map(),
  parentsOf: new Map(),
  childrenOf: new Map(),
  pending: new Map(),
  projects: new Map(),
  cursor: 0,
  hasArchived: false,
};

export interface Snapshot {
  readonly board: Board;
  readonly pending: readonly Proposal[];
  readonly projects: readonly Project[];
  readonly hasArchived: boolean;
}

/** The state a fresh snapshot stands for. */
export function boardFromSnapshot({ board, pending, projects, hasArchived }: Snapshot): BoardState {
  const cards = sharedMap(board.columns.flatMap(({ tasks }) => tasks).map((card) => [card.id, card]));
  return {
    cards,
    columns: sortIntoColumns(cards.values()),
    ...indexLinks(board.links),
    pending: new Map(pending.map((proposal) => [proposal.id, proposal])),
    projects: new Map(projects.map((project) => [project.id, project])),
    cursor: board.latestEventId,
    hasArchived,
  };
}

function indexLinks(links: readonly Link[]): Pick<BoardState, 'parentsOf' | 'childrenOf'> {
  const parentsOf = new Map<string, string[]>();
  const childrenOf = new Map<string, string[]>();
  for (const { parentId, childId } of links) {
    append(parentsOf, childId, parentId);
    append(childrenOf, parentId, childId);
  }
  return { parentsOf, childrenOf };
}

function append(index: Map<string, string[]>, key: string, id: string): void {
  const ids = index.get(key);
  if (ids) ids.push(id);
  else index.set(key, [id]);
}

/** A task that was not on the board before, as a card without anything live. */
export function bareCard(task: Task, at: number): TaskCard {
  return {
    ...task,
    age: ageAt(task, at),
    linkCounts: { parents: 0, children: 0 },
    commentCount: 0,
    attachmentCount: 0,
    progress: null,
    waitsFor: [],
    run: null,
    lastRun: null,
    pendingApprovals: 0,
    waiting: null,
  };
}

/** The ages of a task at a point in time, in whole seconds. */
export function ageAt(task: Task, at: number): TaskCard['age'] {
  const seconds = (from: number, to: number) => Math.max(0, Math.floor((to - from) / 1000));
  const { createdAt, startedAt, completedAt } = task;
  return {
    createdAgeSeconds: seconds(createdAt, at),
    startedAgeSeconds: startedAt === null ? null : seconds(startedAt, at),
    timeToCompleteSeconds: completedAt === null ? null : seconds(startedAt ?? createdAt, completedAt),
  };
}
