import { ChevronRight } from 'lucide-react';
import { Markdown } from '../../ui/markdown.tsx';
import styles from './thought.module.css';

/** What the agent thought, folded to its first line. */
export function Thought({ text, isComplete }: { readonly text: string; readonly isComplete: boolean }) {
  return (
    <details className={styles.thought}>
      <summary>
        <ChevronRight aria-hidden="true" />
        {isComplete ? 'Thought' : 'Thinking'}
        <span>{firstLine(text)}</span>
      </summary>
      <Markdown text={text} />
    </details>
  );
}

function firstLine(text: string): string {
  return (text.split('\n').find((line) => line.trim() !== '') ?? '').replaceAll(/[*_#`]/g, '').slice(0, 140);
}
