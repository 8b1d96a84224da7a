import { TASK_STATUSES } from '@quarterdeck/contract/status';
import { Link } from '@tanstack/react-router';
import { Archive, Bot, Building2, Columns3, ListFilter, Rows3, Tag, Workflow, X } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { showArchived } from '../../connection/load-snapshot.ts';
import { countText } from '../../ui/amount-text.ts';
import { classes } from '../../ui/classes.ts';
import { Menu } from '../../ui/menu.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { STATUS_WORD } from '../../ui/status-word.ts';
import { ViewsMenu } from '../views/views-menu.tsx';
import { assigneeChoices } from './assignee-choices.ts';
import { type BoardSearch, NO_FILTERS, readStatuses, statusText } from './board-search.ts';
import styles from './filter-bar.module.css';
import { labelChoices, tenantChoices, useHasTenants } from './label-choices.ts';
import type { BoardView } from './use-board-view.ts';
import { useGoBoard } from './use-go-board.ts';

interface FilterBarProps {
  readonly search: BoardSearch;
  readonly view: BoardView;
}

/** What of the board is shown, as chips; all of it stands in the address. */
export function FilterBar({ search, view }: FilterBarProps) {
  const go = useGoBoard();
  const hasTenants = useHasTenants();
  const isFiltered = Object.keys(NO_FILTERS).some(
    (key) => search[key as keyof typeof NO_FILTERS] !== undefined,
  );
  return (
    <div className={styles.bar} role="toolbar" aria-label="Filters">
      <ViewsMenu search={search} trigger={(chip) => <Chip {...chip} />} />
      <ChipMenu
        icon={<Bot />}
        label={`Agent: ${search.assignee === 'none' ? 'nobody' : (search.assignee ?? 'any')}`}
        isOn={search.assignee !== undefined}
        items={() => assigneeChoices(search, go)}
      />
      <ChipMenu
        icon={<Tag />}
        label={`Label: ${search.label?.join(' and ') ?? 'any'}`}
        isOn={search.label !== undefined}
        items={() => labelChoices(search, go)}
      />
      {(hasTenants || search.tenant) && (
        <ChipMenu
          icon={<Building2 />}
          label={`Tenant: ${search.tenant ?? 'any'}`}
          isOn={search.tenant !== undefined}
          items={() => tenantChoices(search, go)}
        />
      )}
      <ChipMenu
        icon={<Columns3 />}
        label={
          search.status
            ? `Columns: ${readStatuses(search.status)
                .map((each) => STATUS_WORD[each])
                .join(', ')}`
            : 'All columns'
        }
        isOn={search.status !== undefined}
        items={() => statusItems(search, go)}
      />
      <Toggle
        icon={<ListFilter />}
        isOn={search.needs === 'me'}
        onToggle={(isOn) => go({ needs: isOn ? 'me' : undefined })}
      >
        Needs you
      </Toggle>
      <Toggle
        icon={<Rows3 />}
        isOn={search.lanes === 'agent'}
        onToggle={(isOn) => go({ lanes: isOn ? 'agent' : undefined })}
      >
        Lanes by agent
      </Toggle>
      <Toggle
        icon={<Archive />}
        isOn={search.archived === 'yes'}
        onToggle={(isOn) => {
          go({ archived: isOn ? 'yes' : undefined });
          void showArchived(isOn);
        }}
      >
        Archived
      </Toggle>
      {isFiltered && (
        <button type="button" className={styles.clear} onClick={() => go(NO_FILTERS)}>
          <X aria-hidden="true" />
          Clear filters
        </button>
      )}
      <GraphLink search={search} />
      <BoardSummary view={view} />
    </div>
  );
}

function GraphLink({ search }: { readonly search: BoardSearch }) {
  return (
    <Link
      to="/graph"
      search={search.project ? { project: search.project } : {}}
      className={styles.chip}
      title="Who waits for whom"
    >
      <Workflow />
      <span>Graph</span>
    </Link>
  );
}

function BoardSummary({ view }: { readonly view: BoardView }) {
  const waiting = useLive((state) => state.board.pending.size);
  const running = view.counts.get('running') ?? 0;
  const parts = [
    countText(view.total, 'task'),
    running > 0 && `${running} running`,
    waiting > 0 && `${waiting} ${waiting === 1 ? 'needs' : 'need'} you`,
  ];
  return (
    <span className={styles.summary} aria-live="polite">
      {parts.filter(Boolean).join(' · ')}
    </span>
  );
}

function statusItems(search: BoardSearch, go: ReturnType<typeof useGoBoard>) {
  const chosen = readStatuses(search.status);
  const toggle = (status: (typeof TASK_STATUSES)[number]) => {
    const next = chosen.includes(status) ? chosen.filter((each) => each !== status) : [...chosen, status];
    go({ status: statusText(TASK_STATUSES.filter((each) => next.includes(each))) });
  };
  return [
    {
      key: '-all',
      label: 'All columns',
      isOn: chosen.length === 0,
      onSelect: () => go({ status: undefined }),
    },
    'line' as const,
    ...TASK_STATUSES.filter((status) => status !== 'archived').map((status) => ({
      key: status,
      label: STATUS_WORD[status],
      icon: <StatusGlyph status={status} />,
      isOn: chosen.includes(status),
      onSelect: () => toggle(status),
    })),
  ];
}

interface ChipMenuProps {
  readonly icon: ReactNode;
  readonly label: string;
  readonly isOn: boolean;
  readonly items: React.ComponentProps<typeof Menu>['items'];
}

function ChipMenu({ icon, label, isOn, items }: ChipMenuProps) {
  return <Menu label={label} items={items} trigger={<Chip icon={icon} label={label} isOn={isOn} />} />;
}

/** A chip that opens a menu, which gives it what a menu's button needs. */
function Chip({ icon, label, isOn, ...rest }: Omit<ChipMenuProps, 'items'> & ComponentProps<'button'>) {
  return (
    <button type="button" className={classes(styles.chip, isOn && styles.on)} {...rest}>
      {icon}
      <span>{label}</span>
    </button>
  );
}

interface ToggleProps {
  readonly icon: ReactNode;
  readonly isOn: boolean;
  readonly onToggle: (isOn: boolean) => void;
  readonly children: string;
}

function Toggle({ icon, isOn, onToggle, children }: ToggleProps) {
  return (
    <button
      type="button"
      className={classes(styles.chip, isOn && styles.on)}
      aria-pressed={isOn}
      onClick={() => onToggle(!isOn)}
    >
      {icon}
      <span>{children}</span>
    </button>
  );
}
