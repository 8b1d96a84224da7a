import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Keyboard, Moon, Plus, Sun, Workflow } from 'lucide-react';
import { useState } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { useBoardUi } from '../board/board-ui.ts';
import { findCards } from '../board/find-cards.ts';
import { useGoBoard } from '../board/use-go-board.ts';
import styles from './palette.module.css';
import { PLACES } from './places.tsx';
import { useShellUi } from './shell-ui.ts';
import { chooseTheme } from './theme.ts';

const close = () => useShellUi.setState({ isPaletteOpen: false });
const MOST_TASKS = 12;
const GRAPH = { to: '/graph', label: 'Dependency graph', icon: <Workflow /> } as const;

/** Jump to a task or a page, or do something, by typing a few letters. */
export function Palette() {
  const [text, setText] = useState('');
  const go = useGoBoard();
  const navigate = useNavigate();
  const pick = (act: () => void) => () => {
    close();
    act();
  };
  return (
    <Command.Dialog
      open
      onOpenChange={(isOpen) => !isOpen && close()}
      label="Jump to"
      shouldFilter={false}
      className={styles.palette ?? ''}
      overlayClassName={styles.backdrop ?? ''}
      contentClassName={styles.content ?? ''}
    >
      <Command.Input
        value={text}
        onValueChange={setText}
        placeholder="Jump to a task or page, or type a command"
        className={styles.input ?? ''}
      />
      <Command.List className={styles.list ?? ''}>
        <Command.Empty className={styles.empty ?? ''}>
          Nothing found. Try fewer letters or a task id.
        </Command.Empty>
        <TaskItems text={text} open={(task) => pick(() => go({ task, tab: undefined }, true))} />
        <Items
          heading="Go to"
          text={text}
          items={[...PLACES, GRAPH].map(({ to, label, icon }) => ({
            label,
            icon,
            act: pick(() => void navigate({ to })),
          }))}
        />
        <Items
          heading="Do"
          text={text}
          items={[
            {
              label: 'Create a task',
              icon: <Plus />,
              act: pick(() => {
                go({});
                useBoardUi.setState({ creatingIn: 'ready' });
              }),
            },
            { label: 'Light theme', icon: <Sun />, act: pick(() => chooseTheme('light')) },
            { label: 'Dark theme', icon: <Moon />, act: pick(() => chooseTheme('dark')) },
            {
              label: 'Show all keys',
              icon: <Keyboard />,
              act: pick(() => useShellUi.setState({ isKeySheetOpen: true })),
            },
          ]}
        />
      </Command.List>
    </Command.Dialog>
  );
}

function TaskItems({ text, open }: { readonly text: string; readonly open: (taskId: string) => () => void }) {
  const cards = useLive((state) => state.board.cards);
  const found = findCards(cards.values(), { text, most: MOST_TASKS });
  if (found.length === 0) return null;
  return (
    <Command.Group heading="Tasks" className={styles.group ?? ''}>
      {found.map(({ id, title, status }) => (
        <Command.Item key={id} value={id} onSelect={open(id)} className={styles.item ?? ''}>
          <StatusGlyph status={status} />
          <span className={styles.title}>{title}</span>
          <span className={styles.id}>{id}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

interface ItemsProps {
  readonly heading: string;
  readonly text: string;
  readonly items: readonly {
    readonly label: string;
    readonly icon: React.ReactNode;
    readonly act: () => void;
  }[];
}

function Items({ heading, text, items }: ItemsProps) {
  const found = items.filter(({ label }) => label.toLowerCase().includes(text.trim().toLowerCase()));
  if (found.length === 0) return null;
  return (
    <Command.Group heading={heading} className={styles.group ?? ''}>
      {found.map(({ label, icon, act }) => (
        <Command.Item key={label} value={label} onSelect={act} className={styles.item ?? ''}>
          {icon}
          <span className={styles.title}>{label}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
