import type { TaskCard } from '@quarterdeck/contract/task';
import { Menu } from '../../ui/menu.tsx';
import { choiceItems } from '../agents/choice-items.ts';
import { useAgents } from '../agents/use-agents.ts';
import { editTask } from './edit-task.ts';
import styles from './task-head.module.css';

/** The model that works on a task and how hard it thinks, of what its agent offers; nothing where there is no choice. */
export function ModelChip({ card }: { readonly card: TaskCard }) {
  const agent = useAgents().find(({ profile }) => profile === card.assignee);
  const { model, effort } = card;
  const models = agent?.offers?.models ?? [];
  const efforts = agent?.offers?.efforts ?? [];
  if (model === null && effort === null && models.length + efforts.length === 0) return null;
  const own = [agent?.model, agent?.effort].filter(Boolean).join(' · ');
  const shown = [model, effort].filter(Boolean).join(' · ') || own || 'Model';
  const none = own === '' ? 'As the agent likes' : `As set for the agent: ${own}`;
  const choose = (of: 'model' | 'effort') => (value: string | null) =>
    void editTask(card, of === 'model' ? { model: value ?? '' } : { effort: value ?? '' });
  const effortItems =
    efforts.length > 0 || effort !== null
      ? [
          'line' as const,
          ...choiceItems({
            of: 'effort',
            choices: efforts,
            chosen: effort,
            none: 'Any effort',
            onChoose: choose('effort'),
          }),
        ]
      : [];
  return (
    <Menu
      label="Model and effort"
      items={[
        ...choiceItems({ of: 'model', choices: models, chosen: model, none, onChoose: choose('model') }),
        ...effortItems,
      ]}
      trigger={
        <button type="button" className={styles.chip} aria-label={`Model: ${shown}. Change it`}>
          {shown}
        </button>
      }
    />
  );
}
