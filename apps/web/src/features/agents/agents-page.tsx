import { AGENT_STATE_WORD, agentState } from '@quarterdeck/contract/agent-state';
import type { BudgetState } from '@quarterdeck/contract/budget';
import type { Agent, Memory, Runner } from '@quarterdeck/contract/fleet';
import { memoryLevel } from '@quarterdeck/contract/memory-level';
import { Bot, CircleAlert, CircleCheck, CircleDashed, CirclePause } from 'lucide-react';
import { useMemo } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { countText } from '../../ui/amount-text.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { InlineCode } from '../../ui/inline-code.tsx';
import { sentence } from '../../ui/refusal-toast.ts';
import { shortAge } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.ts';
import { useBudgets } from '../budgets/use-budgets.ts';
import { Workspaces } from '../workspaces/workspaces.tsx';
import { AgentLimits } from './agent-limits.tsx';
import { AgentModel } from './agent-model.tsx';
import { AgentWork } from './agent-work.tsx';
import styles from './agents-page.module.css';
import { Load } from './load.tsx';
import { useFreshFleet } from './use-fresh-fleet.ts';

/** The agents that can be given work, what they do now, and the machines they live on. */
export function AgentsPage() {
  const fleet = useLive((state) => state.fleet);
  useFreshFleet();
  const budgets = useBudgets();
  const agents = useMemo(() => usableFirst(fleet?.agents ?? []), [fleet]);
  if (!fleet) return null;
  if (fleet.runners.length === 0) {
    return (
      <EmptyState icon={<Bot />} title="No machine runs agents yet">
        Start one with <code>quarterdeck up</code>; it finds the coding agents installed there and lists them
        here.
      </EmptyState>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <div className={styles.page} tabIndex={0}>
      <section>
        <h2 className={styles.heading}>Agents</h2>
        <ul className={styles.grid}>
          {agents.map((agent) => (
            <AgentCard
              key={agent.profile}
              agent={agent}
              budget={budgets.find((it) => it.scope === 'profile' && it.scopeId === agent.profile)}
            />
          ))}
        </ul>
      </section>
      <section>
        <h2 className={styles.heading}>Machines</h2>
        <ul className={styles.grid}>
          {fleet.runners.map((runner) => (
            <RunnerCard key={runner.id} runner={runner} />
          ))}
        </ul>
      </section>
      <Workspaces />
    </div>
  );
}

function usableFirst(agents: readonly Agent[]): readonly Agent[] {
  const rank = (agent: Agent) => (agent.isInstalled ? 2 : 0) + (agent.isSignedIn ? 1 : 0);
  return agents.toSorted((left, right) => rank(right) - rank(left) || left.name.localeCompare(right.name));
}

interface AgentCardProps {
  readonly agent: Agent;
  readonly budget: BudgetState | undefined;
}

function AgentCard({ agent, budget }: AgentCardProps) {
  const isUsable = agent.isInstalled && agent.isSignedIn;
  return (
    <li className={styles.card} data-usable={isUsable}>
      <div className={styles.head}>
        <Avatar name={agent.profile} agentInitials={agent.initials} size={30} />
        <div className={styles.names}>
          <h3>{agent.name}</h3>
          <span>
            {agent.profile}
            {agent.version && ` · ${agent.version}`}
          </span>
        </div>
        <AgentState agent={agent} />
      </div>
      {agent.description && <p className={styles.description}>{agent.description}</p>}
      {!isUsable && agent.remedy && (
        <p className={styles.remedy}>
          <InlineCode text={agent.remedy} />
        </p>
      )}
      {isUsable && (
        <>
          <Load
            used={agent.liveRuns}
            all={agent.maxConcurrentRuns}
            text={`${agent.liveRuns} of ${agent.maxConcurrentRuns} at once`}
          />
          {agent.warnings.map((warning) => (
            <p key={warning} className={styles.remedy}>
              <InlineCode text={warning} />
            </p>
          ))}
          <AgentLimits agent={agent} state={budget} />
          <AgentModel agent={agent} />
          <AgentWork profile={agent.profile} />
        </>
      )}
    </li>
  );
}

function AgentState({ agent }: { readonly agent: Agent }) {
  const state = agentState(agent, agent.provenAt);
  const word = sentence(AGENT_STATE_WORD[state]).replace(/\.$/, '');
  if (!agent.isInstalled) {
    return (
      <span className={styles.state}>
        <CircleDashed aria-hidden="true" />
        {word}
      </span>
    );
  }
  if (!agent.isSignedIn) {
    return (
      <span className={styles.state} data-state="attention">
        <CircleAlert aria-hidden="true" />
        {word}
      </span>
    );
  }
  if (agent.limitedUntil !== null && !agent.isPaused) {
    return (
      <span className={styles.state} data-state="attention">
        <CirclePause aria-hidden="true" />
        Limit reached
      </span>
    );
  }
  if (agent.isPaused) {
    return (
      <span className={styles.state} data-state="attention">
        <CirclePause aria-hidden="true" />
        Paused
      </span>
    );
  }
  return (
    <span className={styles.state} data-state="good">
      <CircleCheck aria-hidden="true" />
      {agent.liveRuns > 0 ? 'Working' : word}
    </span>
  );
}

function RunnerCard({ runner }: { readonly runner: Runner }) {
  const now = useNow(10_000);
  const usable = runner.agents.filter(({ isInstalled, isSignedIn }) => isInstalled && isSignedIn).length;
  return (
    <li className={styles.card} data-usable={runner.isConnected}>
      <div className={styles.head}>
        <i className={styles.dot} data-up={runner.isConnected} />
        <div className={styles.names}>
          <h3>{runner.name}</h3>
          <span>{countText(usable, 'agent')} ready to work</span>
        </div>
        <span className={styles.state} data-state={runner.isConnected ? 'good' : 'attention'}>
          {runner.isConnected ? 'Connected' : awayText(runner, now)}
        </span>
      </div>
      <Load
        used={runner.liveRuns}
        all={runner.capacity}
        text={`${runner.liveRuns} of ${runner.capacity} at once`}
      />
      {runner.isConnected && runner.memory && <MemoryLoad memory={runner.memory} />}
      {!runner.isConnected && (
        <p className={styles.remedy}>
          <InlineCode text="Start it again with `quarterdeck up` on that machine. Work in progress is kept there." />
        </p>
      )}
    </li>
  );
}

const MEMORY_NOTES = {
  normal: null,
  elevated: 'Low on memory: one new run starts at a time.',
  critical: 'Almost out of memory: no new run starts here until some is free.',
} as const;

function MemoryLoad({ memory }: { readonly memory: Memory }) {
  const { totalBytes, availableBytes } = memory;
  const level = memoryLevel(memory);
  return (
    <>
      <Load
        used={totalBytes - availableBytes}
        all={totalBytes}
        isFull={level !== 'normal'}
        text={`${gigabytes(availableBytes)} of ${gigabytes(totalBytes)} GB memory free`}
      />
      {MEMORY_NOTES[level] && <p className={styles.remedy}>{MEMORY_NOTES[level]}</p>}
    </>
  );
}

function gigabytes(bytes: number): string {
  return (bytes / 1024 ** 3).toFixed(1);
}

function awayText({ lastSeenAt }: Runner, now: number): string {
  return lastSeenAt === null ? 'Never seen' : `Away for ${shortAge(now - lastSeenAt)}`;
}
