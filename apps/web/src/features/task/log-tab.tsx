import type { LogTail } from '@quarterdeck/contract/runner-protocol';
import { ScrollText } from 'lucide-react';
import { useEffect, useState } from 'react';
import { client } from '../../connection/client.ts';
import { bytesText } from '../../ui/amount-text.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { sentence } from '../../ui/refusal-toast.ts';
import { useStickToBottom } from '../sessions/use-stick-to-bottom.ts';
import styles from './log-tab.module.css';
import { plainLog, wholeFlags } from './plain-log.ts';

const TAIL_BYTES = 200_000;
const LOOK_EVERY_MS = 2000;

interface LogTabProps {
  readonly taskId: string;
  readonly isLive: boolean;
  readonly hasRun: boolean;
}

type Answer = { readonly log: LogTail } | { readonly problem: string } | null;

/** The end of the agent's log as its machine has it. */
export function LogTab({ taskId, isLive, hasRun }: LogTabProps) {
  const answer = useLog(taskId, isLive, hasRun);
  const { scroller } = useStickToBottom(answer);
  if (answer && 'log' in answer && answer.log.exists) {
    const { log } = answer;
    return (
      <div className={styles.frame}>
        <div className={styles.head}>
          <code>{log.path}</code>
          <span>
            {log.truncated ? `the last ${bytesText(log.content.length)} of ` : ''}
            {bytesText(log.sizeBytes)}
          </span>
        </div>
        <section ref={scroller} className={styles.scroller} aria-label="Log">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
          <pre tabIndex={0}>
            {wholeFlags(plainLog(log.content)).map((part, index) =>
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, drawn anew together
              index % 2 === 0 ? part : <span key={index}>{part}</span>,
            )}
          </pre>
        </section>
      </div>
    );
  }
  if (hasRun && !answer) return null;
  return (
    <EmptyState icon={<ScrollText />} title="No log">
      {answer && 'problem' in answer
        ? answer.problem
        : 'When an agent works on the task, everything its process writes is kept here.'}
    </EmptyState>
  );
}

function useLog(taskId: string, isLive: boolean, hasRun: boolean): Answer {
  const [answer, setAnswer] = useState<Answer>(null);
  useEffect(() => {
    if (!hasRun) return;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const reply = await client.call('task.log', { params: { taskId }, query: { tail: TAIL_BYTES } });
      if (isOver) return;
      setAnswer(reply.ok ? { log: reply.value } : { problem: sentence(reply.refusal.message) });
      if (isLive) timer = setTimeout(look, LOOK_EVERY_MS);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [taskId, isLive, hasRun]);
  return answer;
}
