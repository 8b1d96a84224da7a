import { AGENT_STATE_WORD, type AgentState, agentState } from '@quarterdeck/contract/agent-state';
import { budgetText } from '@quarterdeck/contract/budget-text';
import type { Agent, Fleet, Runner } from '@quarterdeck/contract/fleet';
import { memoryLevel } from '@quarterdeck/contract/memory-level';
import type { DetectedAgent } from '@quarterdeck/contract/profile';
import { untilText } from '@quarterdeck/contract/waiting';
import type { Context } from '../command/context.ts';
import { relativeText, sizeText } from './amount-text.ts';
import { type Cell, type Column, renderTable } from './table.ts';

/** Whether an agent can be given work. */
export function canWork(agent: DetectedAgent): boolean {
  return agent.isInstalled && agent.isSignedIn;
}

/** Whether an agent can be used, as sign and words. */
function agentMark(agent: DetectedAgent, provenAt: number | null): Cell {
  const state = agentState(agent, provenAt);
  const { mark, tone } = MARKS[state];
  return { text: `${mark} ${AGENT_STATE_WORD[state]}`, tone };
}

const MARKS: Readonly<
  Record<AgentState, { readonly mark: string; readonly tone: NonNullable<Cell['tone']> }>
> = {
  not_installed: { mark: '○', tone: 'grey' },
  needs_sign_in: { mark: '!', tone: 'amber' },
  login_expired: { mark: '!', tone: 'amber' },
  has_login: { mark: '✓', tone: 'green' },
  ready: { mark: '✓', tone: 'green' },
};

const AGENTS: readonly Column[] = [
  { title: 'AGENT' },
  { title: 'STATE' },
  { title: 'VERSION' },
  { title: 'RUNS', align: 'right' },
  { title: 'BUDGET', align: 'right' },
  { title: 'ON' },
  { title: 'NEXT' },
];
const RUNNERS: readonly Column[] = [
  { title: 'RUNNER' },
  { title: 'NAME' },
  { title: 'STATE' },
  { title: 'RUNS', align: 'right' },
  { title: 'FREE MEMORY', align: 'right' },
  { title: 'LAST SEEN', align: 'right' },
];

/** The agents that can be chosen and the machines that run them. */
export function fleetText({ paint, terminal }: Context, { agents, runners }: Fleet): string {
  const style = { paint, width: terminal.stdout.columns };
  const agentRows = agents.map((agent): readonly Cell[] => [
    { text: agent.profile },
    stateOf(agent),
    { text: agent.version ?? '–' },
    { text: `${agent.liveRuns}/${agent.maxConcurrentRuns}` },
    { text: agent.budget ? `$${budgetText(agent.budget)}` : '–' },
    { text: agent.runners.join(', ') },
    { text: nextFor(agent, terminal.now()), tone: 'grey' },
  ]);
  const runnerRows = runners.map((runner): readonly Cell[] => [
    { text: runner.id },
    { text: runner.name },
    runner.isConnected ? { text: '✓ connected', tone: 'green' } : { text: '✕ away', tone: 'red' },
    { text: `${runner.liveRuns}/${runner.capacity}` },
    memoryCell(runner),
    { text: relativeText(runner.lastSeenAt, terminal.now()) },
  ]);
  return `${renderTable(style, AGENTS, agentRows)}\n\n${renderTable(style, RUNNERS, runnerRows)}`;
}

function stateOf(agent: Agent): Cell {
  if (!canWork(agent)) return agentMark(agent, null);
  if (agent.isPaused) return { text: '! paused', tone: 'amber' };
  // A server of an older build does not tell.
  return agent.limitedUntil
    ? { text: '! limit used up', tone: 'amber' }
    : agentMark(agent, agent.provenAt ?? null);
}

function nextFor({ profile, isPaused, pauseReason, limitedUntil, remedy }: Agent, now: number): string {
  if ((!isPaused && !limitedUntil) || remedy !== null) return remedy ?? '';
  const limit = limitedUntil ? untilText('its usage limit is used up', limitedUntil, now) : null;
  const why = [isPaused ? pauseReason : null, limit].filter((it) => it !== null).join('; ');
  return `${why} (quarterdeck agent resume ${profile})`.trim();
}

function memoryCell({ memory }: Runner): Cell {
  if (memory === null) return { text: '–' };
  const text = `${sizeText(memory.availableBytes)} of ${sizeText(memory.totalBytes)}`;
  return memoryLevel(memory) === 'normal' ? { text } : { text: `! ${text}`, tone: 'amber' };
}

const DETECTED: readonly Column[] = [
  { title: 'AGENT' },
  { title: 'STATE' },
  { title: 'VERSION' },
  { title: 'NEXT' },
];

/** The agents found on this machine, with what to do for those that cannot work; `proven` has those that did lately. */
export function detectedText(
  { paint }: Context,
  agents: readonly DetectedAgent[],
  proven: ReadonlyMap<string, number>,
): string {
  const rows = agents.map((agent): readonly Cell[] => [
    { text: agent.profile },
    agentMark(agent, proven.get(agent.profile) ?? null),
    { text: agent.version ?? '–' },
    {
      text: [agent.remedy ?? '', ...(agent.isInstalled ? agent.warnings : [])].join(' ').trim(),
      tone: 'grey',
    },
  ]);
  return renderTable({ paint, width: undefined }, DETECTED, rows);
}
