import { allowOption, hasOwnChoices } from '@quarterdeck/contract/permission-option';
import type { Proposal, Ruling } from '@quarterdeck/contract/proposal';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ChoiceButtons } from './choice-buttons.tsx';
import { RejectForm } from './reject-form.tsx';
import { ruleProposal } from './rule-proposal.ts';
import styles from './ruling-buttons.module.css';
import { useRulingKeys } from './use-ruling-keys.ts';

interface RulingButtonsProps {
  readonly proposal: Proposal;
  /** Whether the keys A, R and the digits mean this proposal. */
  readonly hasKeys: boolean;
}

/** Allow or reject, and how far; or one of the answers that the agent offers itself. */
export function RulingButtons({ proposal, hasKeys }: RulingButtonsProps) {
  const [isRejecting, setRejecting] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const answer = async (ruling: Ruling) => {
    if (isBusy) return;
    setBusy(true);
    await ruleProposal(proposal, ruling);
    setBusy(false);
  };
  const hasChoices = hasOwnChoices(proposal.detail);
  const options = proposal.detail.options ?? [];
  const pick = (index: number) => {
    const option = options[index];
    if (option) void answer({ option: option.id });
  };
  useRulingKeys(hasKeys && !isRejecting, {
    allow: isAllowable(proposal) ? () => void answer({ decision: 'allow', scope: 'once' }) : null,
    reject: () => setRejecting(true),
    choose: hasChoices ? pick : null,
  });
  if (isRejecting) {
    return (
      <RejectForm
        isBusy={isBusy}
        onCancel={() => setRejecting(false)}
        onReject={(reason) => void answer({ decision: 'deny', reason: reason || null })}
      />
    );
  }
  return (
    <div className={styles.ruling}>
      {hasChoices && (
        <ChoiceButtons
          options={options}
          hasKeys={hasKeys}
          isBusy={isBusy}
          onPick={({ id }) => void answer({ option: id })}
        />
      )}
      <div className={styles.row}>
        {!hasChoices && (
          <Button
            look="primary"
            shortcut={hasKeys ? 'A' : undefined}
            disabled={isBusy}
            onClick={() => void answer({ decision: 'allow', scope: 'once' })}
          >
            Allow once
          </Button>
        )}
        <WiderButtons proposal={proposal} isBusy={isBusy} onRule={(ruling) => void answer(ruling)} />
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
      {isWidenable(proposal) && (
        <p className={styles.wider}>
          For this task or project means from now on: <code>{proposal.widerRule}</code>
        </p>
      )}
    </div>
  );
}

interface WiderButtonsProps {
  readonly proposal: Proposal;
  readonly isBusy: boolean;
  readonly onRule: (ruling: Ruling) => void;
}

function WiderButtons({ proposal, isBusy, onRule }: WiderButtonsProps) {
  if (!isWidenable(proposal)) return null;
  return (
    <>
      <Button disabled={isBusy} onClick={() => onRule({ decision: 'allow', scope: 'task' })}>
        For this task
      </Button>
      <Button disabled={isBusy} onClick={() => onRule({ decision: 'allow', scope: 'project' })}>
        For this project
      </Button>
    </>
  );
}

/** Whether "allow once" says which of the agent's options is meant. */
function isAllowable({ detail: { options } }: Proposal): boolean {
  return options === null || allowOption(options) !== null;
}

function isWidenable(proposal: Proposal): boolean {
  return proposal.widerRule !== null && isAllowable(proposal);
}
