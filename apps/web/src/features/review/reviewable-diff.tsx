import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { Diff, type FileData, Hunk } from 'react-diff-view';
import { announce } from '../../ui/announcer.tsx';
import { type DiffLine, lineOf, linesOf, stepFrom } from './diff-lines.ts';
import { LineRemark } from './line-remark.tsx';
import { changeDraft, isSamePlace, putRemark, useReviewDraft } from './review-draft.ts';
import styles from './reviewable-diff.module.css';

interface ReviewableDiffProps {
  readonly file: FileData;
  readonly path: string;
  readonly taskId: string;
  /** Whether remarks can be made now. */
  readonly canRemark: boolean;
  readonly className: string | undefined;
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 };

/** A file's diff whose lines can be remarked on: by a click on a line number, or with the arrow keys and C. */
export function ReviewableDiff({ file, path, taskId, canRemark, className }: ReviewableDiffProps) {
  const lines = useMemo(() => linesOf(file, path), [file, path]);
  const { remarks } = useReviewDraft(taskId);
  const [cursor, setCursor] = useState<string | null>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const region = useRef<HTMLElement>(null);
  const close = () => {
    setEditing(null);
    region.current?.focus();
  };
  const open = (line: DiffLine | undefined) => {
    if (!line || !canRemark) return;
    setCursor(line.key);
    setEditing(line.key);
  };
  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return;
    const step = STEPS[event.key];
    if (step !== undefined) {
      const next = stepFrom(lines, cursor, step);
      if (next) choose(next, setCursor, region.current);
    } else if (event.key === 'c' || event.key === 'Enter') open(lines.find(({ key }) => key === cursor));
    else return;
    // These are keys of the board too.
    event.preventDefault();
    event.stopPropagation();
  };
  const widgets = Object.fromEntries(
    lines.flatMap((line) => {
      const remark = remarks.find((each) => isSamePlace(each, line));
      if (!remark && editing !== line.key) return [];
      const put = (body: string) =>
        changeDraft(taskId, (draft) =>
          putRemark(draft, { path, line: line.line, side: line.side, quote: line.text.slice(0, 400), body }),
        );
      const isEditing = editing === line.key;
      const controls = { put, onClose: close, onEdit: () => open(line), isEditing };
      return [[line.key, <LineRemark key={line.key} place={line} body={remark?.body ?? ''} {...controls} />]];
    }),
  );
  return (
    <section
      ref={region}
      className={className}
      data-kind={file.type}
      data-can-remark={canRemark}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
      tabIndex={0}
      aria-label={
        canRemark ? `Changes of ${path}. Arrow keys choose a line, C remarks on it` : `Changes of ${path}`
      }
      onKeyDown={press}
    >
      <Diff
        viewType="unified"
        diffType={file.type}
        hunks={file.hunks}
        widgets={widgets}
        selectedChanges={cursor === null ? NONE : [cursor]}
        gutterClassName={styles.gutter ?? ''}
        gutterEvents={{ onClick: ({ change }) => open(change ? lineOf(change, path) : undefined) }}
      >
        {(hunks) => hunks.map((hunk) => <Hunk key={hunk.content} hunk={hunk} />)}
      </Diff>
    </section>
  );
}

const NONE: string[] = [];

function choose(line: DiffLine, setCursor: (key: string) => void, region: HTMLElement | null): void {
  setCursor(line.key);
  announce(`${line.side === 'old' ? 'Removed line' : 'Line'} ${line.line}: ${line.text}`);
  requestAnimationFrame(() =>
    region?.querySelector('[class*="-selected"]')?.scrollIntoView({ block: 'nearest' }),
  );
}
