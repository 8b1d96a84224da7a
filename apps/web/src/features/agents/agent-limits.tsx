import type { BudgetState } from '@quarterdeck/contract/budget';
import { budgetText, dollarText, parseBudget, spentWhen } from '@quarterdeck/contract/budget-text';
import type { Agent, ProfileSettingsPatch } from '@quarterdeck/contract/fleet';
import { Pause, Play } from 'lucide-react';
import { client } from '../../connection/client.ts';
import { loadFleet } from '../../connection/load-snapshot.ts';
import { Button } from '../../ui/button.tsx';
import { sentence, toastRefusal } from '../../ui/refusal-toast.ts';
import { BudgetEdit } from '../budgets/budget-edit.tsx';
import styles from './agents-page.module.css';
import { Load } from './load.tsx';

interface AgentLimitsProps {
  readonly agent: Agent;
  /** Its budget with what is spent of it; undefined while nobody knows. */
  readonly state: BudgetState | undefined;
}

/** What an agent may cost and whether it takes work, each a click away from being changed. */
export function AgentLimits({ agent, state }: AgentLimitsProps) {
  return (
    <>
      {agent.isPaused && (
        <p className={styles.remedy}>
          {sentence(agent.pauseReason === null ? 'paused by a person' : `paused: ${agent.pauseReason}`)} Runs
          that live go on, no new one starts.
        </p>
      )}
      {agent.budget && state && <SpentBar state={state} />}
      <BudgetEdit
        name={agent.name}
        text={agent.budget ? budgetText(agent.budget) : ''}
        hint="5/day, 100/month, or 50 for 50 dollars in all. Empty takes it away."
        onSave={(text) => saveBudget(agent.profile, text)}
      >
        <Button size="small" onClick={() => void change(agent.profile, { isPaused: !agent.isPaused })}>
          {agent.isPaused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
          {agent.isPaused ? 'Resume' : 'Pause'}
        </Button>
        {agent.budget && !state && <span>Budget ${budgetText(agent.budget)}</span>}
      </BudgetEdit>
    </>
  );
}

function SpentBar({ state }: { readonly state: BudgetState }) {
  const { spentMicros, nextRunMicros, limitMicros, period } = state;
  return (
    <Load
      used={spentMicros}
      all={limitMicros}
      isFull={spentMicros + nextRunMicros > limitMicros}
      text={`${dollarText(spentMicros)} of ${dollarText(limitMicros)} ${spentWhen(period)}`}
    />
  );
}

async function saveBudget(profile: string, text: string): Promise<string | null> {
  const budget = text === '' ? null : parseBudget(text);
  if (budget !== null && !budget.ok) return budget.refusal.message;
  await change(profile, { budget: budget?.value ?? null });
  return null;
}

async function change(profile: string, patch: ProfileSettingsPatch): Promise<void> {
  const reply = await client.call('agent.update', { params: { profile }, body: patch });
  if (reply.ok) await loadFleet();
  else toastRefusal(`${profile} was not changed`, reply.refusal);
}
