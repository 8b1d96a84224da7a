import { glanceAt, type Run, type RunGlance } from '@quarterdeck/contract/run';
import { silenceOf } from '@quarterdeck/contract/silence';
import type { TaskCard, TaskDetail } from '@quarterdeck/contract/task';
import { type WaitingReason, waitingText } from '@quarterdeck/contract/waiting';
import type { Context } from '../command/context.ts';
import { costText, countText, durationText, relativeText, sizeText } from './amount-text.ts';
import { attachmentLines } from './attachment-text.ts';
import { diagnosticLines } from './diagnostic-text.ts';
import { keptLines } from './kept-text.ts';
import { landingLine } from './landing-text.ts';
import { lastRunText } from './last-run-text.ts';
import { oneLine, plainText } from './plain-text.ts';
import { runMark, taskMark } from './status-mark.ts';
import { type Cell, type Column, renderTable } from './table.ts';
import { verdictNote, verdictText } from './verdict-text.ts';

/** One line about a task, after something was done to it. */
export function taskLine({ paint }: Context, task: TaskCard): string {
  const mark = taskMark(task.status);
  const assignee = task.assignee ? paint('faint', `  ${oneLine(task.assignee)}`) : '';
  const labels = task.labels.length > 0 ? paint('slate', `  ${labelText(task)}`) : '';
  return `${task.id}  ${paint(mark.tone, mark.text)}  ${oneLine(task.title)}${assignee}${labels}`;
}

const COLUMNS: readonly Column[] = [
  { title: 'ID' },
  { title: 'STATUS' },
  { title: 'TITLE', isElastic: true },
  { title: 'AGENT' },
  { title: 'PRIO', align: 'right' },
  { title: 'CHANGED', align: 'right' },
  { title: 'NOTE', isElastic: true },
];

/** Its labels as `#api #good first task`. */
export function labelText({ labels }: Pick<TaskCard, 'labels'>): string {
  return labels.map((label) => `#${oneLine(label)}`).join(' ');
}

/** Tasks as an aligned table. */
export function taskTable(context: Context, tasks: readonly TaskCard[]): string {
  const now = context.terminal.now();
  const rows = tasks.map((task): readonly Cell[] => [
    { text: task.id },
    taskMark(task.status),
    { text: [task.title, labelText(task)].join('  ').trim() },
    { text: task.assignee ?? '–' },
    { text: task.priority === 0 ? '' : String(task.priority) },
    { text: relativeText(task.updatedAt, now), tone: 'faint' },
    taskNote(task, now),
  ]);
  return renderTable({ paint: context.paint, width: context.terminal.stdout.columns }, COLUMNS, rows);
}

/** What matters about a task now: a decision it needs, what its agent does, or why it does not run. */
function taskNote(task: TaskCard, now: number): Cell {
  if (task.pendingApprovals > 0)
    return { text: `needs you: ${task.pendingApprovals} to decide`, tone: 'amber' };
  if (task.run) return runNote(task.run, now);
  if (task.landing && task.landing.status !== 'landed') return { text: task.landing.message, tone: 'red' };
  if (task.verdict && task.status === 'review') return verdictNote(task.verdict);
  if (task.status === 'blocked') return { text: task.blockReason ?? '', tone: 'red' };
  if (task.status === 'review' && task.lastRun) return { text: lastRunText(task.lastRun), tone: 'grey' };
  return { text: task.waiting ? waitingText(task.waiting, now) : '', tone: 'faint' };
}

/** What the agent of a run does, or since when nothing is heard of it. */
function runNote(run: RunGlance, now: number): Cell {
  const silence = silenceOf({ ...run, pendingApprovals: null }, now);
  if (silence === null) return { text: run.activity ?? run.status, tone: 'grey' };
  return { text: silence.text, tone: silence.level === 'warning' ? 'amber' : 'grey' };
}

/** All about one task. */
export function taskPage(context: Context, detail: TaskDetail): string {
  const { task } = detail;
  const { paint } = context;
  const kept = keptLines(context, detail.runs);
  const sections = [
    `${taskLine(context, task)}\n${factLines(context, detail)}`,
    task.body ? plainText(task.body) : null,
    detail.waiting.length > 0
      ? section(context, 'Not running because', waitingLines(detail, context.terminal.now()))
      : null,
    task.blockReason && task.status === 'blocked'
      ? section(context, 'Blocked because', paint('red', plainText(task.blockReason)))
      : null,
    detail.diagnostics.length > 0
      ? section(context, 'Needs attention', diagnosticLines(context, detail.diagnostics))
      : null,
    kept === '' ? null : section(context, 'Beside its work', kept),
    task.verdict ? section(context, 'Review', verdictText(context, task.verdict)) : null,
    task.result ? section(context, 'Result', plainText(task.result)) : null,
    task.landing ? section(context, 'Landing', landingLine(context, task).trim()) : null,
    detail.runs.length > 0 ? section(context, 'Runs', runTable(context, detail.runs)) : null,
    detail.attachments.length > 0
      ? section(context, 'Attachments', attachmentLines(context, detail.attachments))
      : null,
    detail.comments.length > 0 ? section(context, 'Comments', commentLines(context, detail)) : null,
  ];
  return sections.filter((each) => each !== null).join('\n\n');
}

function section({ paint }: Context, title: string, content: string): string {
  return `${paint('bold', title)}\n${content}`;
}

function factLines({ paint, terminal }: Context, { task, links }: TaskDetail): string {
  const now = terminal.now();
  const facts: readonly (readonly [string, string | null])[] = [
    ['project', task.projectId],
    ['priority', task.priority === 0 ? null : String(task.priority)],
    ['created', `${relativeText(task.createdAt, now)} by ${oneLine(task.createdBy)}`],
    ['labels', labelText(task) || null],
    ['starts', task.scheduledAt === null ? null : relativeText(task.scheduledAt, now)],
    ['workspace', [task.workspaceKind, task.workspacePath].filter((each) => each !== null).join(' ')],
    ['branch', task.branch],
    ['reviewer', task.reviewer && oneLine(task.reviewer)],
    ['waits for', links.parents.join(', ') || null],
    ['holds back', links.children.join(', ') || null],
  ];
  return facts
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${paint('faint', name.padEnd(10))}  ${value}`)
    .join('\n');
}

function waitingLines({ waiting }: TaskDetail, now: number): string {
  const line = (reason: WaitingReason) =>
    `- ${waitingText(reason, now).replace(/\.$/, '')}.${reason.remedy ? ` ${reason.remedy}` : ''}`;
  return waiting.map(line).join('\n');
}

function commentLines({ paint, terminal }: Context, { comments }: TaskDetail): string {
  const now = terminal.now();
  return comments
    .map(
      (each) =>
        `${paint('faint', `${oneLine(each.author)}, ${relativeText(each.createdAt, now)}`)}\n${plainText(each.body)}`,
    )
    .join('\n');
}

const RUN_COLUMNS: readonly Column[] = [
  { title: 'RUN' },
  { title: 'TASK' },
  { title: 'TRY', align: 'right' },
  { title: 'AGENT' },
  { title: 'STATE' },
  { title: 'STARTED', align: 'right' },
  { title: 'TOOK', align: 'right' },
  { title: 'TOKENS', align: 'right' },
  { title: 'COST', align: 'right' },
  { title: 'DISK', align: 'right' },
  { title: 'NOTE', isElastic: true },
];

/** Runs as an aligned table. */
export function runTable({ paint, terminal }: Context, runs: readonly Run[]): string {
  const now = terminal.now();
  const rows = runs.map((run): readonly Cell[] => [
    { text: run.id },
    { text: run.taskId },
    { text: String(run.attempt) },
    { text: run.purpose === 'review' ? `${run.profile} (review)` : run.profile },
    runMark(run.status, run.outcome),
    { text: relativeText(run.startedAt ?? run.claimedAt, now) },
    { text: run.startedAt === null ? '–' : durationText((run.endedAt ?? now) - run.startedAt) },
    { text: countText(spentTokens(run)) },
    { text: costText(run.usage.costMicros, run.usage.costSource) },
    { text: sizeText(run.diskBytes) },
    outcomeNote(run, now),
  ]);
  return renderTable({ paint, width: terminal.stdout.columns }, RUN_COLUMNS, rows);
}

/** Why or with what it ended; while it lives what it does. */
function outcomeNote(run: Run, now: number): Cell {
  if (run.error !== null) return { text: run.error, tone: 'red' };
  if (run.summary !== null || run.status === 'ended')
    return { text: run.summary ?? run.activity ?? '', tone: 'faint' };
  return runNote(glanceAt(run), now);
}

function spentTokens({ usage }: Run): number | null {
  const { inputTokens, outputTokens } = usage;
  return inputTokens === null && outputTokens === null ? null : (inputTokens ?? 0) + (outputTokens ?? 0);
}
