// Runners as the server sees them, one socket each, whose agents all post lines of their journals at an even pace: one line a frame.
import { setTimeout as wait } from 'node:timers/promises';
import type { RunId } from '@quarterdeck/contract/ids';
import type { FromRunner, ToRunner } from '@quarterdeck/contract/runner-protocol';
import { lineOf, OPENING_LINES } from './scripted-lines.ts';

/** What the bench asks for. */
export interface PostPlan {
  readonly url: string;
  readonly tokens: readonly string[];
  readonly profile: string;
  readonly agentsPerRunner: number;
  readonly linesPerAgent: number;
  readonly perAgentPerSecond: number;
}

/** What came of it; times are ms. */
export interface Posted {
  readonly tookMs: number;
  readonly offeredForMs: number;
  readonly latenciesMs: readonly number[];
  /** Acknowledgements that went back. */
  readonly outOfOrder: number;
  readonly beats: number;
  readonly closed: number;
}

interface Agent {
  readonly runId: RunId;
  readonly runner: Runner;
  readonly sentAt: number[];
  acknowledged: number;
}
interface Runner {
  readonly socket: WebSocket;
  readonly agents: Map<RunId, Agent>;
}

const TICK_MS = 20;
const tally = { latencies: [] as number[], outOfOrder: 0, beats: 0, closed: 0, isOver: false };

process.once('message', (plan: PostPlan) => void main(plan));
process.once('disconnect', () => process.exit(0));

async function main(plan: PostPlan): Promise<void> {
  const runners = plan.tokens.map((token, index) => connect(plan, { token, name: `runner ${index}` }));
  const agentsOf = () => runners.flatMap(({ agents }) => [...agents.values()]);
  const wanted = plan.agentsPerRunner * runners.length;
  while (agentsOf().length < wanted || agentsOf().some((it) => it.acknowledged < OPENING_LINES))
    await wait(TICK_MS);
  const agents = agentsOf();
  process.send?.({ ready: agents.length });
  process.once('message', () => void post(plan, agents).then((posted) => process.send?.(posted)));
}

function connect(plan: PostPlan, { token, name }: { readonly token: string; readonly name: string }): Runner {
  const address = `${plan.url.replace(/^http/, 'ws')}/api/runner`;
  const options = { headers: { authorization: `Bearer ${token}` } };
  // Node's takes headers; the types are a browser's, which takes none.
  const socket = new WebSocket(address, options as unknown as string[]);
  const runner: Runner = { socket, agents: new Map() };
  const agent = {
    profile: plan.profile,
    name: 'Scripted',
    initials: 'Sc',
    description: '',
    version: '1.0.0',
  };
  const found = {
    isInstalled: true,
    isSignedIn: true,
    login: 'present' as const,
    remedy: null,
    warnings: [],
    maxRuntimeMs: 3_600_000,
  };
  const agents = [{ ...agent, ...found, maxConcurrentRuns: 10_000 }];
  socket.onopen = () =>
    say(runner, { type: 'hello', name, version: '1.0.0', capacity: plan.agentsPerRunner, agents, runs: [] });
  socket.onmessage = ({ data }) => hear(runner, JSON.parse(String(data)));
  socket.onclose = () => {
    if (!tally.isOver) tally.closed += 1;
  };
  return runner;
}

function say({ socket }: Runner, frame: FromRunner): void {
  socket.send(JSON.stringify(frame));
}

function hear(runner: Runner, frame: ToRunner): void {
  if (frame.type === 'beat') tally.beats += runner.agents.size;
  if (frame.type === 'welcome')
    setInterval(
      () => say(runner, { type: 'beat', runs: [...runner.agents.keys()], memory: null }),
      frame.heartbeatMs,
    );
  if (frame.type === 'command') {
    say(runner, { type: 'done', commandId: frame.commandId });
    if (frame.command.kind === 'start') start(runner, frame.runId);
  }
  if (frame.type === 'ack') acknowledge(runner, frame);
}

function start(runner: Runner, runId: RunId): void {
  const agent: Agent = { runId, runner, sentAt: [], acknowledged: 0 };
  runner.agents.set(runId, agent);
  say(runner, { type: 'starting', runId, workspacePath: '/', branch: null, base: null });
  for (let count = 0; count < OPENING_LINES; count += 1) postLine(agent);
}

function postLine(agent: Agent): void {
  const seq = agent.sentAt.length + 1;
  agent.sentAt.push(performance.now());
  say(agent.runner, { type: 'lines', runId: agent.runId, lines: [lineOf(seq, Date.now())] });
}

function acknowledge(runner: Runner, { runId, journalSeq }: Extract<ToRunner, { type: 'ack' }>): void {
  const agent = runner.agents.get(runId);
  if (agent === undefined) return;
  if (journalSeq < agent.acknowledged) tally.outOfOrder += 1;
  for (let seq = agent.acknowledged + 1; seq <= journalSeq; seq += 1)
    if (seq > OPENING_LINES) tally.latencies.push(performance.now() - (agent.sentAt[seq - 1] ?? 0));
  agent.acknowledged = Math.max(agent.acknowledged, journalSeq);
}

/** Posts at an even pace whatever the server makes of it, then waits until everything is acknowledged. */
async function post(plan: PostPlan, agents: readonly Agent[]): Promise<Posted> {
  const startedAt = performance.now();
  const total = plan.linesPerAgent * agents.length;
  for (let sent = 0; sent < total; ) {
    const due = ((performance.now() - startedAt) / 1000) * plan.perAgentPerSecond * agents.length;
    for (; sent < Math.min(total, due); sent += 1) {
      const agent = agents[sent % agents.length];
      if (agent) postLine(agent);
    }
    await wait(TICK_MS);
  }
  const offeredForMs = performance.now() - startedAt;
  const last = plan.linesPerAgent + OPENING_LINES;
  while (agents.some((agent) => agent.acknowledged < last) && tally.closed === 0) await wait(TICK_MS);
  const tookMs = performance.now() - startedAt;
  tally.isOver = true;
  const { latencies: latenciesMs, outOfOrder, beats, closed } = tally;
  return { tookMs, offeredForMs, latenciesMs, outOfOrder, beats, closed };
}
