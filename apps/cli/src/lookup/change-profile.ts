import { budgetText } from '@quarterdeck/contract/budget-text';
import type { ProfileSettings, ProfileSettingsPatch } from '@quarterdeck/contract/fleet';
import { type Context, print } from '../command/context.ts';

/** Changes what is set for an agent and says how it stands then. */
export async function changeProfile(context: Context, profile: string, patch: ProfileSettingsPatch) {
  const reply = await context.client.call('agent.update', { params: { profile }, body: patch });
  return reply.ok ? print(context, reply.value, () => settingsLine(reply.value.settings)) : reply;
}

function settingsLine(settings: ProfileSettings): string {
  const { profile, isPaused, pauseReason, budget, model, effort } = settings;
  const state = isPaused ? `paused${pauseReason === null ? '' : `: ${pauseReason}`}` : 'takes work';
  const money = budget === null ? 'no budget' : `budget $${budgetText(budget)}`;
  const choices = [model && `model ${model}`, effort && `effort ${effort}`].filter(Boolean);
  return [profile, state, money, ...choices].join(' · ');
}
