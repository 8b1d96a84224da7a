import { Refusal } from '../../tools/runtime/refusal.mjs';
import type { AgentUnderTest } from './agents/agent-under-test.ts';
import { AGENTS } from './agents/agents.ts';
import type { Check } from './checks/check.ts';
import { CHECKS } from './checks/checks.ts';

/** What a run of the matrix was asked for. */
export interface Wishes {
  readonly agents: readonly AgentUnderTest[];
  readonly checks: readonly Check[];
  /** The newest releases instead of the pinned ones. */
  readonly latest: boolean;
  /** Only say what there is. */
  readonly list: boolean;
  /** Write what was measured into the page, beside what passed. */
  readonly write: boolean;
}

const FLAGS = ['--latest', '--list', '--write'];

/** Reads what follows `npm run test:agents --`; refuses what it does not know. */
export function readArguments(args: readonly string[]): Wishes {
  const names: string[] = [];
  const checks: string[] = [];
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--check') checks.push(...(rest.shift() ?? '').split(','));
    else if (word.startsWith('--check=')) checks.push(...word.slice('--check='.length).split(','));
    else if (!word.startsWith('-')) names.push(word);
    else if (!FLAGS.includes(word))
      throw new Refusal(`There is no ${word}. Choose from ${FLAGS.join(', ')} and --check NAME.`);
  }
  return {
    agents: pick(names, AGENTS, 'agent', ({ id }) => id),
    checks: pick(checks, CHECKS, 'check', ({ name }) => name),
    latest: args.includes('--latest'),
    list: args.includes('--list'),
    write: args.includes('--write'),
  };
}

function pick<T>(
  wanted: readonly string[],
  all: readonly T[],
  kind: string,
  nameOf: (it: T) => string,
): readonly T[] {
  const known = all.map(nameOf);
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Refusal(`There is no ${kind} ${unknown}. Choose from ${known.join(', ')}.`);
  return wanted.length === 0 ? all : all.filter((it) => wanted.includes(nameOf(it)));
}
