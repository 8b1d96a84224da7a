import type { ModelTurn, ScenarioStep, ScriptedToolCall } from './scenario.ts';

/** A tool call with the full name and arguments the agent will see. */
export interface AnswerToolCall {
  readonly id: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A model's answer before it is put into a dialect. Token counts are fixed so that costs can be asserted. */
export interface Answer {
  readonly reasoning: string;
  readonly text: string;
  readonly tools: readonly AnswerToolCall[];
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export const INPUT_TOKENS = 1000;
export const OUTPUT_TOKENS = 50;

/** The answer a step gives to this request; `id` must be unique per request so that tool call ids are. */
export function answerOf(step: ScenarioStep, turn: ModelTurn, id: string): Answer {
  const tools = (step.tools ?? []).map((call, index) => ({
    id: `call_${id}_${index}`,
    name: resolveToolName(call.name, turn.toolNames),
    args: argsOf(call, turn),
  }));
  return {
    reasoning: step.reasoning ?? '',
    text: step.text ?? '',
    tools,
    inputTokens: INPUT_TOKENS,
    outputTokens: OUTPUT_TOKENS,
  };
}

/**
 * The offered tool that a script means: the same name, else the shortest that ends with it after `_` or `-`
 * (agents prefix MCP tools with the server's name). A tool that is not offered keeps the script's name.
 */
export function resolveToolName(name: string, offered: readonly string[]): string {
  if (offered.includes(name)) return name;
  const matches = offered.filter((tool) => tool.endsWith(`_${name}`) || tool.endsWith(`-${name}`));
  return matches.toSorted((a, b) => a.length - b.length)[0] ?? name;
}

function argsOf(call: ScriptedToolCall, turn: ModelTurn): Readonly<Record<string, unknown>> {
  return typeof call.args === 'function' ? call.args(turn) : call.args;
}
