import { splitMentions } from '@quarterdeck/contract/mention';

/** As much of a tree of Markdown as HTML as is looked at here. */
interface Node {
  readonly type: string;
  readonly tagName?: string;
  value?: string;
  children?: Node[];
  properties?: Record<string, unknown>;
}

const CODE: ReadonlySet<string> = new Set(['code', 'pre', 'a']);

/** A rehype plugin that marks mentions of known profiles outside code and links; it runs after the tree is made safe. */
export function markMentions(isKnown: (profile: string) => boolean) {
  return () => (tree: Node) => mark(tree, isKnown);
}

function mark(node: Node, isKnown: (profile: string) => boolean): void {
  if (!node.children || CODE.has(node.tagName ?? '')) return;
  node.children = node.children.flatMap((child) => {
    if (child.type !== 'text' || child.value === undefined) {
      mark(child, isKnown);
      return [child];
    }
    return splitMentions(child.value, isKnown).map(({ text, profile }): Node => {
      const words: Node = { type: 'text', value: text };
      if (profile === null) return words;
      return { type: 'element', tagName: 'span', properties: { dataMention: profile }, children: [words] };
    });
  });
}
