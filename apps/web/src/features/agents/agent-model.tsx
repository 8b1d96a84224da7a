import type { Agent, ProfileSettingsPatch } from '@quarterdeck/contract/fleet';
import { client } from '../../connection/client.ts';
import { loadFleet } from '../../connection/load-snapshot.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import styles from './agents-page.module.css';
import { choiceItems } from './choice-items.ts';

/** The model an agent works with and how hard it thinks, of what its last session offered; nothing before its first. */
export function AgentModel({ agent }: { readonly agent: Agent }) {
  const { offers, model, effort } = agent;
  const hasModels = model !== null || (offers?.models.length ?? 0) > 0;
  const hasEfforts = effort !== null || (offers?.efforts.length ?? 0) > 0;
  if (!hasModels && !hasEfforts) return null;
  return (
    <div className={styles.choices}>
      {hasModels && (
        <Menu
          label="Model"
          items={choiceItems({
            of: 'model',
            choices: offers?.models ?? [],
            chosen: model,
            none: 'As the agent likes',
            onChoose: (value) => void change(agent, { model: value, seen: { model } }),
          })}
          trigger={
            <Button
              size="small"
              look="quiet"
              aria-label={`Model of ${agent.name}: ${model ?? 'its own choice'}. Change it`}
            >
              Model: {model ?? 'its own'}
            </Button>
          }
        />
      )}
      {hasEfforts && (
        <Menu
          label="Effort"
          items={choiceItems({
            of: 'effort',
            choices: offers?.efforts ?? [],
            chosen: effort,
            none: 'As the agent likes',
            onChoose: (value) => void change(agent, { effort: value, seen: { effort } }),
          })}
          trigger={
            <Button
              size="small"
              look="quiet"
              aria-label={`Effort of ${agent.name}: ${effort ?? 'its own choice'}. Change it`}
            >
              Effort: {effort ?? 'its own'}
            </Button>
          }
        />
      )}
    </div>
  );
}

async function change({ profile }: Agent, patch: ProfileSettingsPatch): Promise<void> {
  const reply = await client.call('agent.update', { params: { profile }, body: patch });
  await loadFleet();
  if (!reply.ok) toastRefusal(`${profile} was not changed`, reply.refusal);
}
