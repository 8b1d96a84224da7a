import type { ModelTurn, Scenario, ScenarioStep, TurnEntry } from './scenario.ts';

const MARKER = /\[\[scenario:([^\]]+)\]\]/g;

/** Where a conversation stands in a scenario. Derived from the request alone, so retries and parallel sessions are safe. */
export type PickedStep =
  | { readonly kind: 'title' }
  | { readonly kind: 'unmarked' }
  | { readonly kind: 'unknown'; readonly scenario: string }
  | {
      readonly kind: 'step';
      readonly scenario: string;
      readonly index: number;
      readonly step: ScenarioStep;
    };

/** Finds the step the last marker in the user's texts asks for. A request that offers no tools is a title call. */
export function pickStep(scenarios: Readonly<Record<string, Scenario>>, turn: ModelTurn): PickedStep {
  if (turn.toolNames.length === 0) return { kind: 'title' };
  const position = turn.entries.findLastIndex(
    (entry) => entry.role === 'user' && markerIn(entry.text) !== undefined,
  );
  const scenario = markerIn(turn.entries[position]?.text ?? '');
  if (scenario === undefined) return { kind: 'unmarked' };
  const steps = Object.hasOwn(scenarios, scenario) ? scenarios[scenario] : undefined;
  if (steps === undefined) return { kind: 'unknown', scenario };
  const index = stepIndex(steps, turn.entries.slice(position + 1));
  return { kind: 'step', scenario, index, step: steps[index] ?? { text: 'The script has no further step.' } };
}

function markerIn(text: string): string | undefined {
  return [...text.matchAll(MARKER)].at(-1)?.[1];
}

/** A step that calls tools is over when their results are in; a step that only speaks, when the user speaks again. */
function stepIndex(steps: Scenario, after: readonly TurnEntry[]): number {
  let results = after.filter((entry) => entry.role === 'tool').length;
  let replies = after.filter((entry) => entry.role === 'user').length;
  for (const [index, step] of steps.entries()) {
    const calls = step.tools?.length ?? 0;
    if (calls === 0 && replies === 0) return index;
    if (calls > results) return index;
    if (calls === 0) replies -= 1;
    results -= calls;
  }
  return steps.length;
}
