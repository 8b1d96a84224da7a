import { TaskGraph } from '@quarterdeck/contract/graph';
import { describe, expect, it } from 'vitest';
import { graphText } from './graph-text.ts';

const plain = { paint: (_: unknown, text: string) => text };

function graphOf(links: readonly (readonly [string, string])[], isCut = false): TaskGraph {
  const ids = [...new Set(['t_0000', ...links.flat()])];
  const node = { projectId: 'p_general', status: 'todo', assignee: null, priority: 0, distance: 0 };
  return TaskGraph.parse({
    taskId: 't_0000',
    nodes: ids.map((id) => ({ ...node, id, title: `Task ${id}` })),
    links: links.map(([parentId, childId]) => ({ parentId, childId })),
    isCut,
  });
}

describe('K20 the graph in a terminal', () => {
  it('unfolds both ways, and a task met again only once', () => {
    const text = graphText(
      plain,
      graphOf([
        ['t_aaaa', 't_0000'],
        ['t_bbbb', 't_0000'],
        ['t_cccc', 't_aaaa'],
        ['t_dddd', 't_cccc'],
        ['t_cccc', 't_bbbb'],
        ['t_0000', 't_eeee'],
      ]),
    );
    expect(text.split('\n').map((line) => line.trimEnd())).toEqual([
      't_0000  ○ todo  Task t_0000',
      '',
      'Waits for',
      '├─ t_aaaa  ○ todo  Task t_aaaa',
      '│  └─ t_cccc  ○ todo  Task t_cccc',
      '│     └─ t_dddd  ○ todo  Task t_dddd',
      '└─ t_bbbb  ○ todo  Task t_bbbb',
      '   └─ t_cccc  ○ todo  Task t_cccc  (see above)',
      '',
      'Holds back',
      '└─ t_eeee  ○ todo  Task t_eeee',
    ]);
  });

  it('says when there is nothing, and when there is more', () => {
    expect(graphText(plain, graphOf([]))).toContain('It waits for nothing');
    expect(graphText(plain, graphOf([['t_0000', 't_aaaa']], true))).toContain('more tasks');
  });
});
