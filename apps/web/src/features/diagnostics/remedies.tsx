import type { Diagnostic } from '@quarterdeck/contract/diagnostic';
import type { TaskCard } from '@quarterdeck/contract/task';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { CalloutActions } from '../../ui/callout.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useAssigneeItems } from '../task/use-assignee-items.tsx';
import { carryOutRemedy, type Lead, type Remedy } from './carry-out-remedy.ts';
import { remedyWord } from './diagnostic-words.ts';

interface RemediesProps {
  readonly diagnostic: Diagnostic;
  readonly card: TaskCard;
  readonly lead: Lead;
}

/** One button for each remedy; it does what it says at once. */
export function Remedies({ diagnostic, card, lead }: RemediesProps) {
  return (
    <CalloutActions>
      {diagnostic.remedies.map((remedy, place) =>
        remedy === 'reassign' ? (
          <Reassign key={remedy} card={card} />
        ) : (
          <RemedyButton key={remedy} remedy={remedy} isFirst={place === 0} {...{ diagnostic, card, lead }} />
        ),
      )}
    </CalloutActions>
  );
}

interface RemedyButtonProps extends RemediesProps {
  readonly remedy: Exclude<Remedy, 'reassign'>;
  readonly isFirst: boolean;
}

function RemedyButton({ remedy, isFirst, diagnostic, card, lead }: RemedyButtonProps) {
  const [isBusy, setBusy] = useState(false);
  const act = () => {
    setBusy(true);
    const { runId } = diagnostic;
    void carryOutRemedy(remedy, { card, runId, lead }).finally(() => setBusy(false));
  };
  return (
    <Button size="small" look={isFirst ? 'primary' : 'plain'} disabled={isBusy} onClick={act}>
      {remedyWord(remedy, card.status === 'running')}
    </Button>
  );
}

function Reassign({ card }: { readonly card: TaskCard }) {
  const items = useAssigneeItems(card);
  return (
    <Menu
      label="Give it to"
      items={items}
      trigger={<Button size="small">{remedyWord('reassign', false)}</Button>}
    />
  );
}
