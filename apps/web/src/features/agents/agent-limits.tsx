import type { BudgetState } from '@quarterdeck/contract/budget';
import { budgetText, dollarText, parseBudget, spentWhen } from '@quarterdeck/contract/budget-text';
import type { Agent, ProfileSettingsPatch } from '@quarterdeck/contract/fleet';
import type { Refusal } from '@quarterdeck/contract/result';
import { Pause, Play } from 'lucide-react';
import { client } from '../../connection/client.ts';
import { loadFleet } from '../../connection/load-snapshot.ts';
import { Button } from '../../ui/button.tsx';
import { sentence, toastRefusal } from '../../ui/refusal-toast.ts';
import { momentText } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.ts';
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
  const isHeld = agent.isPaused || agent.limitedUntil !== null;
  return (
    <>
      {agent.isPaused && (
        <p className={styles.remedy}>
          {sentence(agent.pauseReason === null ? 'paused by a person' : `paused: ${agent.pauseReason}`)} Runs
          that live go on, no new one starts.
        </p>
      )}
      {agent.limitedUntil !== null && <UsedUp until={agent.limitedUntil} />}
      {agent.budget && state && <SpentBar state={state} />}
      <BudgetEdit
        name={agent.name}
        owner={agent}
        text={agent.budget ? budgetText(agent.budget) : ''}
        hint="5/day, 100/month, or 50 for 50 dollars in all. Empty takes it away."
        onSave={saveBudget}
      >
        <Button size="small" onClick={() => void setPaused(agent, !isHeld)}>
          {isHeld ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
          {isHeld ? 'Resume' : 'Pause'}
        </Button>
        {agent.budget && !state && <span>Budget ${budgetText(agent.budget)}</span>}
      </BudgetEdit>
    </>
  );
}

function UsedUp({ until }: { readonly until: number }) {
  const now = useNow(60_000);
  return (
    <p className={styles.remedy}>
      Its usage limit is used up until {momentText(until, now)}. It goes on by itself then; resume it if there
      is more to use now.
    </p>
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

async function saveBudget(text: string, saw: Agent): Promise<string | null> {
  const budget = text === '' ? null : parseBudget(text);
  if (budget !== null && !budget.ok) return budget.refusal.message;
  const seen = { budget: saw.budget };
  const refusal = await change(saw.profile, { budget: budget?.value ?? null, seen });
  return refusal?.message ?? null;
}

async function setPaused({ profile, isPaused: was }: Agent, isPaused: boolean): Promise<void> {
  const refusal = await change(profile, { isPaused, seen: { isPaused: was } });
  if (refusal !== null) toastRefusal(`${profile} was not changed`, refusal);
}

/** Shows what is set then, also after a refusal: somebody else may have been first. */
async function change(profile: string, patch: ProfileSettingsPatch): Promise<Refusal | null> {
  const reply = await client.call('agent.update', { params: { profile }, body: patch });
  await loadFleet();
  return reply.ok ? null : reply.refusal;
}
