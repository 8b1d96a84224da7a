import type { ToolKind, TranscriptItem } from '@quarterdeck/contract/session';
import {
  ArrowLeftRight,
  Brain,
  Check,
  ChevronRight,
  FilePenLine,
  FileText,
  FolderInput,
  Globe,
  LoaderCircle,
  Search,
  SquareTerminal,
  Trash2,
  Wrench,
  X,
} from 'lucide-react';
import { useMemo, useState } from 'react';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import { classes } from '../../ui/classes.ts';
import { durationText } from '../../ui/time-text.ts';
import { FileDiff } from './file-diff.tsx';
import { countChanges, diffLines } from './line-diff.ts';
import styles from './tool-call.module.css';

type ToolItem = Extract<TranscriptItem, { kind: 'tool' }>;

const ICONS: Readonly<Record<ToolKind, typeof Wrench>> = {
  read: FileText,
  edit: FilePenLine,
  delete: Trash2,
  move: FolderInput,
  search: Search,
  execute: SquareTerminal,
  think: Brain,
  fetch: Globe,
  switch_mode: ArrowLeftRight,
  other: Wrench,
};

const FEW_LINES = 40;

/** What an agent did with a tool: one line, and on demand what went in and what came out. */
export function ToolCall({ item }: { readonly item: ToolItem }) {
  const counts = useMemo(() => countOf(item), [item]);
  const isSmallEdit = item.changes.length > 0 && counts.added + counts.removed <= FEW_LINES;
  const [isOpen, setOpen] = useState<boolean | null>(null);
  const shows = isOpen ?? (isSmallEdit || item.status === 'failed');
  const Icon = ICONS[item.toolKind];
  const hasMore = item.changes.length > 0 || Boolean(item.output) || Boolean(item.input);
  return (
    <div
      className={classes(styles.tool, item.parentItemId !== null && styles.nested)}
      data-tool-status={item.status}
    >
      <button
        type="button"
        className={styles.head}
        aria-expanded={shows && hasMore}
        disabled={!hasMore}
        onClick={() => setOpen(!shows)}
      >
        <ToolStatus status={item.status} />
        <Icon aria-hidden="true" className={styles.kind} />
        <span className={styles.title} title={item.title}>
          {item.title}
        </span>
        {item.changes.length > 0 && <ChangeCounts {...counts} />}
        {item.endedAt !== null && <span>{durationText(item.endedAt - item.startedAt)}</span>}
        {hasMore && <ChevronRight aria-hidden="true" className={styles.fold} />}
      </button>
      {shows && hasMore && <ToolBody item={item} />}
    </div>
  );
}

function ToolBody({ item }: { readonly item: ToolItem }) {
  const input = item.changes.length === 0 ? readableInput(item.input) : null;
  return (
    <div className={styles.body}>
      {item.changes.map((change) => (
        <FileDiff
          key={change.path}
          change={change}
          showsPath={item.changes.length > 1 || !namesPath(item.title, change.path)}
        />
      ))}
      {input && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
        <pre className={styles.input} tabIndex={0}>
          {input}
        </pre>
      )}
      {item.output && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
        <pre className={styles.output} tabIndex={0}>
          {item.output}
        </pre>
      )}
    </div>
  );
}

/** A title such as `Edit src/a.ts` says the path already, though the change has it in full. */
function namesPath(title: string, path: string): boolean {
  return title.split(/\s+/).some((word) => /[./]/.test(word) && path.endsWith(word));
}

function ToolStatus({ status }: { readonly status: ToolItem['status'] }) {
  if (status === 'completed') return <Check className={styles.done} aria-label="done" />;
  if (status === 'failed') return <X className={styles.failed} aria-label="failed" />;
  return <LoaderCircle className={styles.running} aria-label="running" />;
}

function countOf(item: ToolItem): { readonly added: number; readonly removed: number } {
  return item.changes
    .map((change) => countChanges(diffLines(change.oldText, change.newText)))
    .reduce((sum, { added, removed }) => ({ added: sum.added + added, removed: sum.removed + removed }), {
      added: 0,
      removed: 0,
    });
}

/** A call with one text argument shows that; others show their JSON. */
export function readableInput(input: string | null): string | null {
  if (!input) return null;
  try {
    const value: unknown = JSON.parse(input);
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    const command = entries.find(([key]) => key === 'command')?.[1];
    if (typeof command === 'string') return `$ ${command}`;
    return entries.length === 0 ? null : JSON.stringify(value, null, 2);
  } catch {
    // Cut at its size limit, so not JSON any more; the text itself is still worth reading.
    return input;
  }
}
