import { describe, expect, it } from 'vitest';
import { allowOption, decisionOf, hasOwnChoices, rejectOption } from './permission-option.ts';

const option = (id: string, kind: string | null, name = id) => ({ id, name, kind });
const ONCE = option('yes', 'allow_once');
const ALWAYS = option('always', 'allow_always');
const NO = option('no', 'reject_once');

describe('F12: a person sees the choices of an agent', () => {
  it.each([
    ['that are the usual three', [ONCE, ALWAYS, NO], false],
    ['that are two', [ONCE, NO], false],
    ['without a refusal', [ONCE], false],
    ['that say the same twice', [ONCE, { ...ONCE, id: 'twin' }, NO], false],
    ['of Codex, with an amendment of its rules', [ONCE, ALWAYS, option('host', 'allow_always'), NO], true],
    ['of Codex, with two refusals', [ONCE, option('decline', 'reject_once'), NO], true],
    ['of Codex, with permissions for a turn', [ONCE, option('strict', 'allow_once'), ALWAYS, NO], true],
    ['of a question', [option('red', 'colour'), option('blue', 'colour')], true],
    ['without kinds', [option('red', null), NO, ONCE], true],
    ['that allow for ever only', [ALWAYS, NO], true],
    ['that only refuse', [NO], true],
    ['that are none', [], true],
  ])('%s: %s', (_, options, isShown) => {
    expect(hasOwnChoices({ toolKind: 'execute', options })).toBe(isShown);
  });

  it('always where it changes its mode, and never from a host that told none', () => {
    expect(hasOwnChoices({ toolKind: 'switch_mode', options: [ONCE, NO] })).toBe(true);
    expect(hasOwnChoices({ toolKind: 'switch_mode', options: null })).toBe(false);
  });
});

it('F12: allow and reject mean an option only where its kind says so', () => {
  expect(allowOption([ALWAYS, ONCE, NO])).toBe(ONCE);
  expect(allowOption([ALWAYS, NO])).toBeNull();
  expect(allowOption([ONCE, option('other', 'allow_once')])).toBeNull();
  expect(rejectOption([ONCE, option('never', 'reject_always'), NO])).toBe(NO);
  expect(rejectOption([ONCE, option('deny', 'denied')])).toBeNull();
  expect([ONCE, ALWAYS, NO, option('x', 'ALLOW_ONCE'), option('y', null)].map(decisionOf)).toEqual([
    'allow',
    'allow',
    'deny',
    null,
    null,
  ]);
});
