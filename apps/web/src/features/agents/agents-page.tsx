import type { Agent, Runner } from '@quarterdeck/contract/fleet';
import { Bot, CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import { useMemo } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { countText } from '../../ui/amount-text.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { InlineCode } from '../../ui/inline-code.tsx';
import { shortAge } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.ts';
import { Workspaces } from '../workspaces/workspaces.tsx';
import { AgentWork } from './agent-work.tsx';
import styles from './agents-page.module.css';

/** The agents that can be given work, what they do now, and the machines they live on. */
export function AgentsPage() {
  const fleet = useLive((state) => state.fleet);
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
            <AgentCard key={agent.profile} agent={agent} />
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

function AgentCard({ agent }: { readonly agent: Agent }) {
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
          <Load used={agent.liveRuns} all={agent.maxConcurrentRuns} />
          <AgentWork profile={agent.profile} />
        </>
      )}
    </li>
  );
}

function AgentState({ agent }: { readonly agent: Agent }) {
  if (!agent.isInstalled) {
    return (
      <span className={styles.state}>
        <CircleDashed aria-hidden="true" />
        Not installed
      </span>
    );
  }
  if (!agent.isSignedIn) {
    return (
      <span className={styles.state} data-state="attention">
        <CircleAlert aria-hidden="true" />
        Not signed in
      </span>
    );
  }
  return (
    <span className={styles.state} data-state="good">
      <CircleCheck aria-hidden="true" />
      {agent.liveRuns > 0 ? 'Working' : 'Ready'}
    </span>
  );
}

function Load({ used, all }: { readonly used: number; readonly all: number }) {
  return (
    <div className={styles.load}>
      <div className={styles.bar}>
        <u style={{ width: `${Math.min(100, (used / Math.max(1, all)) * 100)}%` }} />
      </div>
      <span>
        {used} of {all} at once
      </span>
    </div>
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
      <Load used={runner.liveRuns} all={runner.capacity} />
      {!runner.isConnected && (
        <p className={styles.remedy}>
          <InlineCode text="Start it again with `quarterdeck up` on that machine. Work in progress is kept there." />
        </p>
      )}
    </li>
  );
}

function awayText({ lastSeenAt }: Runner, now: number): string {
  return lastSeenAt === null ? 'Never seen' : `Away for ${shortAge(now - lastSeenAt)}`;
}
