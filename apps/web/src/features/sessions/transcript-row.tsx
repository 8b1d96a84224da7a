import type { TranscriptItem } from '@quarterdeck/contract/session';
import { Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import { memo, useState } from 'react';
import { Markdown } from '../../ui/markdown.tsx';
import { PermissionItem } from '../approvals/permission-item.tsx';
import { Thought } from './thought.tsx';
import { ToolCall } from './tool-call.tsx';
import styles from './transcript-row.module.css';

const NOTICE_ICONS = { note: Info, warning: TriangleAlert, error: OctagonAlert };

/** One entry of a conversation. */
export const TranscriptRow = memo(function TranscriptRow({ item }: { readonly item: TranscriptItem }) {
  return <div className={styles.row}>{drawItem(item)}</div>;
});

function drawItem(item: TranscriptItem): React.ReactNode {
  switch (item.kind) {
    case 'prompt':
      return <Prompt author={item.author} text={item.text} />;
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

const LONG_PROMPT = 700;

/** What the agent was told. The brief a run starts with is long and mostly the same, so it opens on demand. */
function Prompt({ author, text }: { readonly author: string; readonly text: string }) {
  const [isWhole, setWhole] = useState(text.length < LONG_PROMPT);
  return (
    <div className={styles.prompt}>
      <div className={styles.author}>{author}</div>
      <div className={isWhole ? undefined : styles.cut}>
        <Markdown text={text} />
      </div>
      {!isWhole && (
        <button type="button" className={styles.more} onClick={() => setWhole(true)}>
          Show all of it
        </button>
      )}
    </div>
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

function stopWord(reason: string | null): string {
  return (reason ?? 'finished').replaceAll('_', ' ');
}
