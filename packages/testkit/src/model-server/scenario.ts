import type { RefusalCause } from './refusal.ts';

/** A tool the scripted model calls; `name` may be a suffix of the name the agent offers (`task_complete`). */
export interface ScriptedToolCall {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>> | ((turn: ModelTurn) => Readonly<Record<string, unknown>>);
}

/** A way for the model service to go wrong instead of answering. `times` lets it recover after that many failures. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      /** Left out: the usual one of the status. */
      readonly cause?: RefusalCause;
      readonly retryAfterSeconds?: number;
      readonly times?: number;
    }
  | { readonly kind: 'cut'; readonly times?: number }
  | { readonly kind: 'malformed'; readonly times?: number }
  | { readonly kind: 'stall'; readonly times?: number };

/** One answer of the model: it waits, thinks, speaks and calls tools, in that order. */
export interface ScenarioStep {
  readonly delayMs?: number;
  readonly reasoning?: string;
  readonly text?: string;
  readonly tools?: readonly ScriptedToolCall[];
  readonly fault?: Fault;
}

/** What a model answers, step by step, to a prompt that carries this scenario's marker. */
export type Scenario = readonly ScenarioStep[];

/** What the agent has said so far, in words that do not depend on the model service's dialect. */
export type TurnEntry =
  | { readonly role: 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string }
  | { readonly role: 'tool'; readonly text: string };

/** One request of an agent to its model. */
export interface ModelTurn {
  readonly model: string;
  readonly stream: boolean;
  readonly entries: readonly TurnEntry[];
  readonly toolNames: readonly string[];
}

/** The text to put in a prompt so that the scripted model plays this scenario. */
export function scenarioMarker(name: string): string {
  return `[[scenario:${name}]]`;
}
