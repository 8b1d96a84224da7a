import { expect, it } from 'vitest';
import { AGENTS } from '../agents/agents.ts';
import { CHECKS } from '../checks/checks.ts';
import { agentsPage, verdictPart } from './agents-page.ts';
import { closingLine } from './closing-line.ts';
import type { Outcome } from './outcome.ts';

const agents = AGENTS.slice(0, 2);
const checks = CHECKS.slice(0, 2);
const gathered = agents.map(({ id }) => ({ id, version: '1.2.3', bin: '' }));

function outcomesWith(verdict: Outcome['verdict'], firstRequestMs: number): Outcome[] {
  return agents.flatMap((agent) =>
    checks.map((check) => ({
      agent: agent.id,
      check: check.name,
      verdict,
      problems: [],
      figures: figuresOf(check.name, firstRequestMs),
      seconds: 1,
    })),
  );
}

function figuresOf(check: string, firstRequestMs: number): Outcome['figures'] {
  return check === 'main' ? { firstRequestMs, memoryMb: 300 } : {};
}

const page = (verdict: Outcome['verdict'], ms: number, options = { before: '', measure: true }) =>
  agentsPage({ agents, checks, gathered, outcomes: outcomesWith(verdict, ms) }, options);

it('says what passed, at which release, and what was measured', () => {
  const text = page('passed', 6_540);
  expect(text).toContain('opencode 1.2.3');
  expect(text).toMatch(/\| main +\| yes +\| yes +\| not run +\|/);
  expect(text).toContain('6.5 s');
  expect(page('failed', 1)).toContain('**no**');
});

it('is the same for every run in which the same things passed, however long they took', () => {
  const before = page('passed', 6_540);
  expect(page('passed', 99_999, { before, measure: false })).toBe(before);
  expect(verdictPart(page('passed', 99_999))).toBe(verdictPart(before));
  expect(verdictPart(page('failed', 6_540))).not.toBe(verdictPart(before));
});

it('closes with a line for machines', () => {
  const verdicts = (['passed', 'passed', 'failed'] as const).map((verdict) => ({ verdict }));
  expect(closingLine(verdicts)).toBe('2 passed, 1 failed');
  expect(closingLine([...verdicts, { verdict: 'skipped' }])).toBe('2 passed, 1 failed, 1 skipped');
});
