import type { TranscriptItem } from '@quarterdeck/contract/session';
import { ChevronRight, Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { Markdown } from '../../ui/markdown.tsx';
import { PermissionItem } from '../approvals/permission-item.tsx';
import { ToolCall } from './tool-call.tsx';
import styles from './transcript.module.css';

const NOTICE_ICONS = { note: Info, warning: TriangleAlert, error: OctagonAlert };

/** One entry of a conversation. */
export const TranscriptRow = memo(function TranscriptRow({ item }: { readonly item: TranscriptItem }) {
  return <div className={styles.row}>{drawItem(item)}</div>;
});

function drawItem(item: TranscriptItem): React.ReactNode {
  switch (item.kind) {
    case 'prompt':
      return (
        <div className={styles.prompt}>
          <div className={styles.author}>{item.author}</div>
          <Markdown text={item.text} />
        </div>
      );
    case 'message':
      return <Markdown text={item.text} />;
    case 'thought':
      return <Thought text={item.text} isComplete={item.isComplete} />;
    case 'tool':
      return <ToolCall item={item} />;
    case 'permission':
      return <PermissionItem item={item} />;
    case 'turn':
      return <div className={styles.turn}>The turn ended: {stopWord(item.stopReason)}</div>;
    case 'notice':
      return <Notice level={item.level} text={item.text} />;
    default:
      return null;
  }
}

function Thought({ text, isComplete }: { readonly text: string; readonly isComplete: boolean }) {
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

function Notice({ level, text }: { readonly level: keyof typeof NOTICE_ICONS; readonly text: string }) {
  const Icon = NOTICE_ICONS[level];
  return (
    <div className={styles.notice} data-level={level}>
      <Icon aria-hidden="true" />
      <span>{text}</span>
    </div>
  );
}

function firstLine(text: string): string {
  return (text.split('\n').find((line) => line.trim() !== '') ?? '').replaceAll(/[*_#`]/g, '').slice(0, 140);
}

function stopWord(reason: string | null): string {
  return (reason ?? 'finished').replaceAll('_', ' ');
}
