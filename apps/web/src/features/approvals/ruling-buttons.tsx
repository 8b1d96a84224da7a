import type { Proposal, RulingScope } from '@quarterdeck/contract/proposal';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { isTyping } from '../shell/is-typing.ts';
import { ruleProposal } from './rule-proposal.ts';
import styles from './ruling-buttons.module.css';

interface RulingButtonsProps {
  readonly proposal: Proposal;
  /** Whether the keys A and R mean this proposal. */
  readonly hasKeys: boolean;
}

/** Allow or reject, and how far. */
export function RulingButtons({ proposal, hasKeys }: RulingButtonsProps) {
  const [isRejecting, setRejecting] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const answer = async (decision: 'allow' | 'deny', scope: RulingScope, reason?: string) => {
    if (isBusy) return;
    setBusy(true);
    await ruleProposal(proposal, { decision, scope, reason: reason || null });
    setBusy(false);
  };
  useRulingKeys(hasKeys, { allow: () => void answer('allow', 'once'), reject: () => setRejecting(true) });
  if (isRejecting) {
    return (
      <RejectForm
        isBusy={isBusy}
        onCancel={() => setRejecting(false)}
        onReject={(reason) => void answer('deny', 'once', reason)}
      />
    );
  }
  return (
    <div className={styles.ruling}>
      <div className={styles.row}>
        <Button
          look="primary"
          shortcut={hasKeys ? 'A' : undefined}
          disabled={isBusy}
          onClick={() => void answer('allow', 'once')}
        >
          Allow once
        </Button>
        {proposal.widerRule !== null && (
          <>
            <Button disabled={isBusy} onClick={() => void answer('allow', 'task')}>
              For this task
            </Button>
            <Button disabled={isBusy} onClick={() => void answer('allow', 'project')}>
              For this project
            </Button>
          </>
        )}
        <span className={styles.space} />
        <Button
          look="danger"
          shortcut={hasKeys ? 'R' : undefined}
          disabled={isBusy}
          onClick={() => setRejecting(true)}
        >
          Reject
        </Button>
      </div>
      {proposal.widerRule !== null && (
        <p className={styles.wider}>
          For this task or project means from now on: <code>{proposal.widerRule}</code>
        </p>
      )}
    </div>
  );
}

interface RejectFormProps {
  readonly isBusy: boolean;
  readonly onCancel: () => void;
  readonly onReject: (reason: string) => void;
}

function RejectForm({ isBusy, onCancel, onReject }: RejectFormProps) {
  const [reason, setReason] = useState('');
  return (
    <form
      className={styles.row}
      onSubmit={(event) => {
        event.preventDefault();
        onReject(reason.trim());
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the person just chose to reject
        autoFocus
        className={styles.reason}
        aria-label="Why it is rejected; the agent reads this"
        placeholder="What should it do instead? (optional)"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          onCancel();
        }}
      />
      <Button look="quiet" onClick={onCancel}>
        Back
      </Button>
      <Button look="danger" type="submit" shortcut="↵" disabled={isBusy}>
        Reject
      </Button>
    </form>
  );
}

/** A key meant for the request before must not answer one that took its place this moment. */
const LOOK_FIRST_MS = 350;

interface RulingActs {
  readonly allow: () => void;
  readonly reject: () => void;
}

function useRulingKeys(isOn: boolean, acts: RulingActs): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    if (!isOn) return;
    const shownAt = performance.now();
    const press = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.repeat ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isTyping(event)
      )
        return;
      if (event.key !== 'a' && event.key !== 'r') return;
      event.preventDefault();
      if (performance.now() - shownAt < LOOK_FIRST_MS) return;
      if (event.key === 'a') latest.current.allow();
      else latest.current.reject();
    };
    globalThis.addEventListener('keydown', press);
    return () => globalThis.removeEventListener('keydown', press);
  }, [isOn]);
}
