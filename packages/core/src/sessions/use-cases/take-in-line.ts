import type { JournalEntry } from '@quarterdeck/contract/journal';
import type { Proposal } from '@quarterdeck/contract/proposal';
import type { StoredItem, TranscriptItem } from '@quarterdeck/contract/session';
import type { ProposalStatus } from '@quarterdeck/contract/status';
import type { Ids } from '../../events/index.ts';
import { publicRun, type RunRecord, type SessionRecord, staleAt, stopRun } from '../../runs/index.ts';
import { raisePermission, withdrawProposals } from '../../supervision/index.ts';
import { mergeUsage } from '../domain/merge-usage.ts';
import { noteProgress } from '../domain/note-progress.ts';
import type { AfterTurn, PriceList, SessionPorts } from '../ports.ts';

/** A run and its conversation while lines of the journal are taken in. */
export interface Intake<Ports extends SessionPorts> {
  readonly ports: Ports & { readonly ids: Ids };
  readonly afterTurn: AfterTurn<Ports & { readonly ids: Ids }>;
  readonly prices: PriceList;
  readonly now: number;
  run: RunRecord;
  session: SessionRecord;
  readonly stored: StoredItem[];
}
type Entry<K extends JournalEntry['kind']> = Extract<JournalEntry, { kind: K }>;
type Take = {
  [K in JournalEntry['kind']]: <P extends SessionPorts>(
    intake: Intake<P>,
    entry: Entry<K>,
    at: number,
  ) => Promise<void> | void;
};

async function putItem<P extends SessionPorts>(intake: Intake<P>, item: TranscriptItem): Promise<void> {
  const rev = intake.session.rev + 1;
  intake.session = { ...intake.session, rev };
  intake.stored.push(await intake.ports.sessions.putItem(intake.session.id, item, rev));
}

function change<P extends SessionPorts>(intake: Intake<P>, changes: Partial<RunRecord>): void {
  intake.run = { ...intake.run, ...changes };
}

async function pendingRequest<P extends SessionPorts>(intake: Intake<P>, requestId: string) {
  return intake.ports.proposals.findByRequest(intake.run.id, requestId);
}

const take: Take = {
  async started(intake, entry, at) {
    // Lines that were on their way when the server ended the run tell what was said, and no longer what the run is.
    if (intake.run.startedAt !== null || intake.run.status === 'ended') return;
    const isOpen = intake.run.status === 'claimed' || intake.run.status === 'starting';
    const deadlineAt = staleAt({ ...intake.run, startedAt: intake.now });
    change(intake, { startedAt: at, ...(isOpen ? { status: 'working', deadlineAt } : {}) });
    const { id: runId, taskId, projectId } = intake.run;
    await intake.ports.events.append(
      [
        {
          kind: 'run.started',
          actor: `run:${runId}`,
          taskId,
          projectId,
          runId,
          payload: { run: publicRun(intake.run) },
        },
      ],
      intake.now,
    );
    const text = `${entry.agentName} ${entry.agentVersion}`.trim();
    await putItem(intake, { kind: 'notice', itemId: 'started', at, level: 'note', text: `${text} started` });
  },
  async session(intake, entry, at) {
    change(intake, { agentSessionId: entry.canResume ? entry.agentSessionId : null });
    if (entry.offers !== null) await intake.ports.offers.save(intake.run.profile, entry.offers, intake.now);
    if (!entry.isResumed) return;
    const text = 'It goes on with its earlier session.';
    await putItem(intake, { kind: 'notice', itemId: 'resumed', at, level: 'note', text });
  },
  item: (intake, entry) => putItem(intake, entry.item),
  activity(intake, entry) {
    change(intake, { activity: entry.text });
  },
  async usage(intake, entry) {
    const usage = mergeUsage(intake.run.usage, entry.usage);
    const costMicros = usage.costSource === 'reported' ? null : await intake.prices.estimate(usage);
    change(intake, {
      usage: costMicros === null ? usage : { ...usage, costMicros, costSource: 'estimated' },
    });
  },
  async permission(intake, entry, at) {
    const { requestId, detail } = entry;
    const raised = await raisePermission(intake.ports, {
      run: intake.run,
      requestId,
      detail,
      now: intake.now,
    });
    await putItem(intake, {
      kind: 'permission',
      itemId: `permission:${requestId}`,
      at,
      requestId,
      proposalId: raised.proposalId,
      title: detail.title,
      outcome: raised.outcome,
      decidedBy: raised.outcome === 'allowed' ? `policy: ${raised.because}` : raised.because,
      choice: null,
    });
  },
  async permissionSettled(intake, entry, at) {
    const { requestId, outcome, because, choice } = entry;
    const proposal = await pendingRequest(intake, requestId);
    if (proposal && outcome === 'withdrawn') {
      const actor = `run:${intake.run.id}`;
      await withdrawProposals(intake.ports, [proposal], {
        because: because ?? 'the turn is over',
        actor,
        now: intake.now,
      });
    }
    if (proposal && isForged(outcome, proposal.status)) await stopForged(intake, proposal, at);
    const known = await intake.ports.sessions.findItem(intake.session.id, `permission:${requestId}`);
    if (known?.item.kind !== 'permission') return;
    // What the agent was told counts, also where a person or policy meant something else.
    const decider = known.item.decidedBy ?? proposal?.ruledBy ?? because;
    const decidedBy = outcome === 'withdrawn' ? (because ?? decider) : decider;
    await putItem(intake, { ...known.item, at: known.item.at || at, outcome, decidedBy, choice });
  },
  async turn(intake, entry, at) {
    const { phase, stopReason } = entry;
    intake.session = { ...intake.session, turn: phase === 'started' ? 'working' : 'idle' };
    await putItem(intake, { kind: 'turn', itemId: `turn:${intake.session.rev}`, at, phase, stopReason });
    if (phase === 'ended') {
      const lastMessage = () => intake.ports.sessions.lastMessage(intake.session.id);
      intake.run = await intake.afterTurn(intake.ports, {
        run: intake.run,
        stopReason,
        lastMessage,
        now: intake.now,
      });
    }
  },
  async failure(intake, entry, at) {
    // What an agent says while it is being stopped is not why it was.
    if (intake.run.status !== 'ended' && intake.run.status !== 'stopping')
      change(intake, { failureHint: entry.hint, limitResetAt: entry.resetAt, error: entry.message });
    await putItem(intake, {
      kind: 'notice',
      itemId: `failure:${intake.session.rev}`,
      at,
      level: 'error',
      text: entry.message,
    });
  },
  async exited(intake, entry) {
    intake.session = { ...intake.session, turn: 'ended' };
    const { run } = intake;
    if (run.error === null && run.reportedOutcome === null) {
      const how = entry.signal === null ? `code ${entry.code}` : `signal ${entry.signal}`;
      const tail = entry.errorTail ? `. It said: ${entry.errorTail.slice(-600)}` : '';
      change(intake, { error: `the agent's process ended with ${how}${tail}` });
    }
    const pending = await intake.ports.proposals.pendingOfRun(run.id);
    const actor = `run:${run.id}`;
    await withdrawProposals(intake.ports, pending, {
      because: 'the agent has ended',
      actor,
      now: intake.now,
    });
  },
};

/** Whether an agent got a yes, or a choice, that nobody gave here: whoever reaches its host can answer it, also the agent itself. */
function isForged(told: Entry<'permissionSettled'>['outcome'], ruled: ProposalStatus): boolean {
  const isYes = told === 'allowed' || told === 'answered';
  return isYes && ruled !== 'allowed' && ruled !== 'answered';
}

async function stopForged<P extends SessionPorts>(
  intake: Intake<P>,
  proposal: Pick<Proposal, 'id' | 'title'>,
  at: number,
): Promise<void> {
  const because = `Its question "${proposal.title}" was answered with yes, but nobody did so here. Something on its machine, perhaps the agent itself, answered instead, so the run was stopped. Look at what it did before you start the task again.`;
  const { ports, run, now } = intake;
  await putItem(intake, {
    kind: 'notice',
    itemId: `forged:${proposal.id}`,
    at,
    level: 'error',
    text: because,
  });
  if (run.status === 'ended' || run.status === 'stopping') return;
  // What it reported counts for nothing any more.
  const distrusted: RunRecord = { ...run, reportedOutcome: 'stopped', error: because };
  await stopRun(ports, { run: distrusted, because, actor: 'quarterdeck', now });
  intake.run = (await ports.runs.find(run.id)) ?? distrusted;
}

/** Takes one entry of an agent host's journal into the run, its conversation and its proposals. */
export async function takeInLine<P extends SessionPorts>(
  intake: Intake<P>,
  line: { at: number; entry: JournalEntry },
): Promise<void> {
  const handler = take[line.entry.kind] as (
    intake: Intake<P>,
    entry: JournalEntry,
    at: number,
  ) => Promise<void> | void;
  change(intake, { progress: noteProgress(intake.run.progress, line) });
  await handler(intake, line.entry, line.at);
}
