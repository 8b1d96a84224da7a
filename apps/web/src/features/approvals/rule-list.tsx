import type { ApprovalRule } from '@quarterdeck/contract/approval-rule';
import { useLive } from '../../connection/live-store.ts';
import { Button } from '../../ui/button.tsx';
import styles from './rule-list.module.css';
import { forgetRule, useRules } from './use-rules.ts';

/** What was allowed from then on, each to be taken back. Nothing is drawn while there is none. */
export function RuleList() {
  const rules = useRules();
  if (rules === null || rules.length === 0) return null;
  return (
    <details className={styles.rules}>
      <summary>Allowed from now on ({rules.length})</summary>
      <ul>
        {rules.map((rule) => (
          <RuleLine key={rule.id} rule={rule} />
        ))}
      </ul>
    </details>
  );
}

function RuleLine({ rule }: { readonly rule: ApprovalRule }) {
  const place = useLive(({ board }) =>
    rule.scope === 'project' ? board.projects.get(rule.scopeId)?.name : board.cards.get(rule.scopeId)?.title,
  );
  return (
    <li className={styles.rule}>
      <span className={styles.words}>
        <code>{rule.text}</code>
        <span className={styles.who}>
          {rule.scope} {place ?? rule.scopeId}, by {rule.createdBy}
        </span>
        {!rule.isUsed && (
          <span className={styles.who}>
            Too wide: an older version made it, and it allows nothing any more.
          </span>
        )}
      </span>
      <Button size="small" aria-label={`Take back: ${rule.text}`} onClick={() => void forgetRule(rule)}>
        Take back
      </Button>
    </li>
  );
}
