import type { AgentOffers, Choice } from '@quarterdeck/contract/agent-choice';
import { z } from 'zod';

/** What an agent says of a session it opened, in the new way (options) and the old one. Whatever is not understood is left out. */
export interface SessionSays {
  readonly configOptions?: unknown;
  readonly models?: unknown;
  readonly modes?: unknown;
}

/** A choice the agent offers: how it is set, what is set, and what there is. */
export interface Offer {
  /** The option's id; null when it is set in the old way, with a method of its own. */
  readonly optionId: string | null;
  readonly current: string;
  readonly choices: readonly Choice[];
}

const Value = z.object({ value: z.string(), name: z.string().nullish() });
const Option = z.object({
  id: z.string(),
  category: z.string().nullish(),
  currentValue: z.string(),
  options: z.array(z.union([Value, z.object({ options: z.array(Value) })])),
});
const OldModels = z.object({
  currentModelId: z.string(),
  availableModels: z.array(z.object({ modelId: z.string(), name: z.string().nullish() })),
});
const OldModes = z.object({
  currentModeId: z.string(),
  availableModes: z.array(z.object({ id: z.string(), name: z.string().nullish() })),
});

const MAX_TEXT = 200;

/** The models a session offers; null when it says nothing of them. */
export function modelOffer(says: SessionSays): Offer | null {
  const option = optionOf(says.configOptions, 'model');
  if (option !== null) return option;
  const old = OldModels.safeParse(says.models).data;
  if (old === undefined) return null;
  const choices = old.availableModels.map(({ modelId, name }) => choiceOf(modelId, name));
  return { optionId: null, current: old.currentModelId, choices: choices.flat() };
}

/** How hard its model can be told to think; null when it says nothing of it. */
export function effortOffer(says: SessionSays): Offer | null {
  return optionOf(says.configOptions, 'thought_level');
}

/** Everything that can be chosen, for people; null when the agent offers nothing. */
export function offersOf(says: SessionSays): AgentOffers | null {
  const offers = {
    models: [...(modelOffer(says)?.choices ?? [])].slice(0, 1000),
    efforts: [...(effortOffer(says)?.choices ?? [])].slice(0, 100),
    modes: [...(optionOf(says.configOptions, 'mode')?.choices ?? oldModes(says.modes))].slice(0, 100),
  };
  return Object.values(offers).every((choices) => choices.length === 0) ? null : offers;
}

function optionOf(configOptions: unknown, category: string): Offer | null {
  if (!Array.isArray(configOptions)) return null;
  for (const candidate of configOptions) {
    const option = Option.safeParse(candidate).data;
    if (option?.category !== category) continue;
    const values = option.options.flatMap((it) => ('options' in it ? it.options : [it]));
    const choices = values.flatMap(({ value, name }) => choiceOf(value, name));
    return { optionId: option.id, current: option.currentValue, choices };
  }
  return null;
}

function oldModes(modes: unknown): readonly Choice[] {
  const found = OldModes.safeParse(modes).data?.availableModes ?? [];
  return found.flatMap(({ id, name }) => choiceOf(id, name));
}

/** A value too long for the board cannot be chosen on it. */
function choiceOf(value: string, name: string | null | undefined): readonly Choice[] {
  return value.length > MAX_TEXT ? [] : [{ value, name: (name || value).slice(0, MAX_TEXT) }];
}
