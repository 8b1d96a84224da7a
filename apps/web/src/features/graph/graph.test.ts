import type { TaskCard } from '@quarterdeck/contract/task';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { describe, expect, it } from 'vitest';
import { bareCard } from '../../connection/board-state.ts';
import { sharedMap } from '../../connection/shared-map.ts';
import { chooseGraph, type GraphTask, MOST_NODES, readGraphSearch } from './choose-graph.ts';
import { layOutGraph, NODE, neighbourOf } from './lay-out-graph.ts';

const card = (id: string, fields: Partial<TaskCard> = {}): TaskCard => ({
  ...bareCard(makeTask({ id, status: 'todo' }), 0),
  ...fields,
});

function boardOf(cards: readonly TaskCard[], links: readonly (readonly [string, string])[]) {
  const by = (end: 0 | 1) =>
    new Map(
      [...Map.groupBy(links, (link) => link[end])].map(([id, all]) => [
        id,
        all.map((it) => it[1 - end] as string),
      ]),
    );
  return { cards: sharedMap(cards.map((it) => [it.id, it])), parentsOf: by(1), childrenOf: by(0) };
}

const ids = (graph: { tasks: readonly GraphTask[] }) => graph.tasks.map((it) => it.id as string).toSorted();

describe('K20 what the graph shows', () => {
  const cards = ['t_a', 't_b', 't_c', 't_d', 't_alone'].map((id) => card(id));
  const board = boardOf(cards, [
    ['t_a', 't_b'],
    ['t_b', 't_c'],
    ['t_a', 't_d'],
  ]);

  it('is every linked task, or one with its forebears and descendants', () => {
    expect(ids(chooseGraph(board, {}))).toEqual(['t_a', 't_b', 't_c', 't_d']);
    expect(ids(chooseGraph(board, { task: 't_b' }))).toEqual(['t_a', 't_b', 't_c']);
    expect(chooseGraph(board, { task: 't_b' }).links).toHaveLength(2);
    expect(ids(chooseGraph(board, { task: 't_alone' }))).toEqual(['t_alone']);
    expect(ids(chooseGraph(board, { task: 't_gone' }))).toEqual([]);
  });

  it('knows archived relatives that are not on the board', () => {
    const archived = { id: 't_old', title: 'Old', status: 'archived', assignee: null } as GraphTask;
    const family = boardOf([card('t_a')], [['t_old', 't_a']]);
    const graph = chooseGraph(family, { task: 't_a' }, new Map([['t_old', archived]]));
    expect(ids(graph)).toEqual(['t_a', 't_old']);
    expect(graph.links).toHaveLength(1);
    expect(ids(chooseGraph(family, { task: 't_a' }))).toEqual(['t_a']);
  });

  it('leaves finished tasks and other projects out unless asked', () => {
    const finished = boardOf([card('t_a', { status: 'done' }), card('t_b')], [['t_a', 't_b']]);
    expect(ids(chooseGraph(finished, {}))).toEqual([]);
    expect(ids(chooseGraph(finished, { finished: 'yes' }))).toEqual(['t_a', 't_b']);
    expect(ids(chooseGraph(board, { project: 'p_other' }))).toEqual([]);
  });

  it('is cut where nobody could read it, and says by how much', () => {
    const many = Array.from({ length: MOST_NODES + 10 }, (_, index) => card(`t_${index}`));
    const links = many.slice(1).map((it) => ['t_0', it.id] as const);
    const graph = chooseGraph(boardOf(many, links), {});
    expect(graph.tasks).toHaveLength(MOST_NODES);
    expect(graph.leftOut).toBe(10);
  });

  it('reads its address leniently', () => {
    expect(readGraphSearch({ task: 't_a', project: 7, finished: 'maybe' })).toEqual({ task: 't_a' });
  });
});

describe('K20 how the graph is drawn', () => {
  const cards = ['t_a', 't_b', 't_c', 't_d'].map((id) => card(id));
  const links = [
    { parentId: 't_a', childId: 't_b' },
    { parentId: 't_a', childId: 't_c' },
    { parentId: 't_c', childId: 't_d' },
  ];
  const picture = layOutGraph({ tasks: cards, links });
  const at = (id: string) => picture.places.get(id) ?? { x: Number.NaN, y: Number.NaN };

  it('puts parents to the left of their children, and nothing over another', () => {
    for (const { parentId, childId } of links)
      expect(at(parentId).x + NODE.width).toBeLessThan(at(childId).x);
    expect(Math.abs(at('t_b').y - at('t_c').y)).toBeGreaterThanOrEqual(NODE.height);
    expect(picture.width).toBeGreaterThan(3 * NODE.width);
    expect(layOutGraph({ tasks: cards.toReversed(), links })).toEqual({
      ...picture,
      places: new Map([...picture.places].toReversed()),
    });
  });

  it('leads the arrow keys along the links and up and down', () => {
    expect(neighbourOf(picture, 't_d', 'left')).toBe('t_c');
    expect(neighbourOf(picture, 't_c', 'left')).toBe('t_a');
    expect(neighbourOf(picture, 't_c', 'right')).toBe('t_d');
    expect(neighbourOf(picture, 't_a', 'left')).toBeNull();
    const [upper, lower] = at('t_b').y < at('t_c').y ? ['t_b', 't_c'] : ['t_c', 't_b'];
    expect(neighbourOf(picture, upper as string, 'down')).toBe(lower);
    expect(neighbourOf(picture, lower as string, 'up')).toBe(upper);
  });
});
