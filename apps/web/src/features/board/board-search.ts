import { Label, mergeLabels } from '@quarterdeck/contract/label';
import { TASK_STATUSES, type TaskStatus } from '@quarterdeck/contract/status';

/** What of the board is shown, as it stands in the address. An absent field means no limit. */
export interface BoardSearch {
  readonly project?: string;
  readonly q?: string;
  /** A profile or a person; `none` for tasks without one. */
  readonly assignee?: string;
  readonly tenant?: string;
  /** Only cards with all of these labels. */
  readonly label?: readonly string[];
  /** Columns that are shown, separated by commas. */
  readonly status?: string;
  /** Only tasks with an approval that waits. */
  readonly needs?: 'me';
  readonly archived?: 'yes';
  /** Running in lanes by agent. */
  readonly lanes?: 'agent';
  /** The task whose drawer is open. */
  readonly task?: string;
  readonly tab?: string;
}

/** What takes every filter away. */
export const NO_FILTERS = {
  assignee: undefined,
  q: undefined,
  needs: undefined,
  status: undefined,
  tenant: undefined,
  label: undefined,
};

/** Reads the address leniently: what makes no sense is left out, so that an old link still opens the board. */
export function readBoardSearch(raw: Readonly<Record<string, unknown>>): BoardSearch {
  const text = (key: string) => {
    const value = raw[key];
    const word = typeof value === 'number' ? String(value) : value;
    return typeof word === 'string' && word.trim() !== '' ? word : undefined;
  };
  const search: { [K in keyof BoardSearch]: BoardSearch[K] | undefined } = {
    project: text('project'),
    q: text('q'),
    assignee: text('assignee'),
    tenant: text('tenant'),
    label: readLabels(raw['label']),
    status: statusText(readStatuses(text('status'))),
    needs: raw['needs'] === 'me' ? 'me' : undefined,
    archived: raw['archived'] === 'yes' ? 'yes' : undefined,
    lanes: raw['lanes'] === 'agent' ? 'agent' : undefined,
    task: text('task'),
    tab: text('tab'),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

function readLabels(raw: unknown): readonly string[] | undefined {
  const read = [raw].flat().flatMap((each) => Label.safeParse(each).data ?? []);
  return read.length > 0 ? mergeLabels(read, {}) : undefined;
}

/** The columns a search asks for, in the board's order; none named means all. */
export function readStatuses(text: string | undefined): readonly TaskStatus[] {
  const named = new Set((text ?? '').split(','));
  return TASK_STATUSES.filter((status) => named.has(status));
}

/** The search text for some columns; undefined for all. */
export function statusText(statuses: readonly TaskStatus[]): string | undefined {
  return statuses.length > 0 ? statuses.join(',') : undefined;
}

/** The columns to draw, from left to right. */
export function shownStatuses(search: BoardSearch): readonly TaskStatus[] {
  const named = readStatuses(search.status);
  if (named.length > 0) return named;
  return TASK_STATUSES.filter((status) => status !== 'archived' || search.archived === 'yes');
}
