import { describe, expect, it } from 'vitest';
import { resolveToolName } from './answer.ts';
import { pickStep } from './pick-step.ts';
import type { ModelTurn, Scenario, TurnEntry } from './scenario.ts';

const call = { name: 'bash', args: {} };
const scenarios: Readonly<Record<string, Scenario>> = {
  work: [
    { tools: [call] },
    { tools: [call, call] },
    { text: 'First half.' },
    { tools: [call] },
    { text: 'End.' },
  ],
  child: [{ text: 'Child.' }],
};
const prompt: TurnEntry = { role: 'user', text: 'Brief.\n\n[[scenario:work]]' };
const result: TurnEntry = { role: 'tool', text: 'ok' };
const nudge: TurnEntry = { role: 'user', text: 'Go on.' };

function turn(...entries: readonly TurnEntry[]): ModelTurn {
  return { model: 'probe', stream: true, entries, toolNames: ['bash'] };
}

function indexOf(...entries: readonly TurnEntry[]): number | undefined {
  const picked = pickStep(scenarios, turn(...entries));
  return picked.kind === 'step' ? picked.index : undefined;
}

describe('pickStep', () => {
  it.each([
    ['starts at the marker', [prompt], 0],
    ['advances by tool results', [prompt, result], 1],
    ['waits for all results of parallel calls', [prompt, result, result], 1],
    ['goes on when they are all in', [prompt, result, result, result], 2],
    ['stays on a spoken step until the user speaks', [prompt, result, result, result, nudge], 3],
    ['reaches the end', [prompt, result, result, result, nudge, result], 4],
    ['passes the end', [prompt, result, result, result, nudge, result, nudge], 5],
    ['starts again at a new marker', [prompt, result, result, prompt], 0],
    ['ignores what came before the marker', [nudge, result, result, prompt], 0],
  ] as const)('%s', (_name, entries, expected) => {
    expect(indexOf(...entries)).toBe(expected);
  });

  it('takes the last of several markers in one text', () => {
    const picked = pickStep(
      scenarios,
      turn({ role: 'user', text: '[[scenario:work]] then [[scenario:child]]' }),
    );
    expect(picked).toMatchObject({ scenario: 'child', step: { text: 'Child.' } });
  });

  it('does not take a marker from a tool result or the assistant', () => {
    const text = '[[scenario:work]]';
    expect(pickStep(scenarios, turn({ role: 'tool', text }, { role: 'assistant', text })).kind).toBe(
      'unmarked',
    );
  });

  it('tells a title call and an unknown name apart', () => {
    expect(pickStep(scenarios, { ...turn(prompt), toolNames: [] }).kind).toBe('title');
    expect(pickStep(scenarios, turn({ role: 'user', text: '[[scenario:toString]]' })).kind).toBe('unknown');
  });
});

describe('resolveToolName', () => {
  it.each([
    ['the exact name', 'write', ['todo_write', 'write'], 'write'],
    ['an opencode MCP tool', 'task_complete', ['quarterdeck_task_complete'], 'quarterdeck_task_complete'],
    [
      'a Claude Code MCP tool',
      'task_complete',
      ['mcp__control__task_complete'],
      'mcp__control__task_complete',
    ],
    ['a Copilot MCP tool', 'task_complete', ['control-task_complete'], 'control-task_complete'],
    ['the shortest of several', 'ping', ['other_server_ping', 'control_ping'], 'control_ping'],
    ['no part of a word', 'write', ['todowrite'], 'write'],
    ['a tool that is not offered, as it is', 'gone', ['bash'], 'gone'],
  ])('means %s', (_name, wanted, offered, expected) => {
    expect(resolveToolName(wanted, offered)).toBe(expected);
  });
});
