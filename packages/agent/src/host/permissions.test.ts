import type { JournalEntry } from '@quarterdeck/contract/journal';
import type { PermissionOption } from '@quarterdeck/contract/permission-option';
import type { PermissionDetail } from '@quarterdeck/contract/proposal';
import { describe, expect, it } from 'vitest';
import type { Answer } from './choose-answer.ts';
import { trackPermissions } from './permissions.ts';

const option = (id: string, kind: string | null): PermissionOption => ({ id, name: `Name of ${id}`, kind });
const YES = option('yes', 'allow_once');
const NO = option('no', 'reject_once');
const BLUE = option('blue', 'colour');

const detailWith = (options: PermissionOption[]): PermissionDetail => ({
  toolKind: 'execute',
  title: 'git push',
  command: 'git push',
  paths: [],
  places: [],
  mcpTool: null,
  changes: [],
  input: null,
  text: null,
  options,
});

/** What the agent is told and what the journal says of it. */
function answered(options: PermissionOption[], answer: Answer) {
  const journal: JournalEntry[] = [];
  const told: (string | null)[] = [];
  const permissions = trackPermissions((entry) => journal.push(entry));
  const id = permissions.ask({
    key: 'c',
    detail: detailWith(options),
    whole: null,
    reply: (one) => told.push(one),
  });
  permissions.answer(id, answer, 'ada');
  const settled = journal.find((entry) => entry.kind === 'permissionSettled');
  return { told, outcome: settled?.outcome, choice: settled?.choice, because: settled?.because };
}

describe('open questions', () => {
  it.each(['a \0 NUL', 'half a pair \ud800', `${'x'.repeat(196)}😀`])(
    'have an id that every database keeps, whatever the agent calls its tool (%j)',
    (key) => {
      const journal: JournalEntry[] = [];
      const replies: (string | null)[] = [];
      const permissions = trackPermissions((entry) => journal.push(entry));
      const id = permissions.ask({
        key,
        detail: detailWith([YES]),
        whole: null,
        reply: (told) => replies.push(told),
      });
      const stored = Buffer.from(id).toString().replaceAll('\0', '\uFFFD');
      expect(permissions.answer(stored, { decision: 'allow' }, 'ada')).toBe(true);
      expect(permissions.answer(stored, { decision: 'deny' }, 'bob')).toBe(false);
      expect(replies).toEqual(['yes']);
      expect(journal.map((entry) => entry.kind)).toEqual(['permission', 'permissionSettled']);
    },
  );
});

it.each([
  ['the same', ['ls', 'ls'], 1],
  ['one that differs where nobody sees it', [`${'x'.repeat(9000)}1`, `${'x'.repeat(9000)}2`], 2],
])(
  'S3: two requests under one id are one question only when they are the same in full: %s',
  (_, asked, count) => {
    const journal: JournalEntry[] = [];
    const told: (string | null)[] = [];
    const permissions = trackPermissions((entry) => journal.push(entry));
    const [id] = asked.map((whole) =>
      permissions.ask({ key: 'c', detail: detailWith([YES]), whole, reply: (one) => told.push(one) }),
    );
    permissions.answer(id ?? '', { decision: 'allow' }, 'ada');
    expect(journal.filter(({ kind }) => kind === 'permission')).toHaveLength(count);
    expect(told).toHaveLength(asked.length / count);
  },
);

describe('F12: what is recorded is what the agent was told', () => {
  it.each<[string, PermissionOption[], Answer, string | null, string]>([
    ['allow', [option('always', 'allow_always'), YES, NO], { decision: 'allow' }, 'yes', 'allowed'],
    ['deny', [YES, option('never', 'reject_always'), NO], { decision: 'deny' }, 'no', 'denied'],
    ['deny for ever', [YES, option('never', 'reject_always')], { decision: 'deny' }, 'never', 'denied'],
    ['allow twice the same', [YES, { ...YES, id: 'twin' }, NO], { decision: 'allow' }, 'yes', 'allowed'],
    ['deny without a refusal', [YES], { decision: 'deny' }, null, 'denied'],
    ['a misleading id', [option('reject', 'allow_once')], { decision: 'deny' }, null, 'denied'],
    ['allow without a permission', [NO], { decision: 'allow' }, null, 'withdrawn'],
    ['allow of nothing', [], { decision: 'allow' }, null, 'withdrawn'],
    ['allow among choices', [BLUE, NO], { decision: 'allow' }, null, 'withdrawn'],
    ['allow for ever only', [option('always', 'allow_always'), NO], { decision: 'allow' }, null, 'withdrawn'],
    [
      'allow of two that differ',
      [YES, option('auto', 'allow_once')],
      { decision: 'allow' },
      null,
      'withdrawn',
    ],
    ['a choice', [YES, BLUE], { decision: 'choose', option: 'blue' }, 'blue', 'answered'],
    ['a choice without a kind', [option('x', null)], { decision: 'choose', option: 'x' }, 'x', 'answered'],
    ['a choice that allows', [YES, BLUE], { decision: 'allow', option: 'yes' }, 'yes', 'allowed'],
    ['a choice that denies', [YES, NO], { decision: 'deny', option: 'no' }, 'no', 'denied'],
    ['a choice that is not there', [YES, NO], { decision: 'allow', option: 'gone' }, null, 'withdrawn'],
    ['no choice', [YES, BLUE], { decision: 'choose' }, null, 'withdrawn'],
  ])('%s', (_, options, answer, told, outcome) => {
    const done = answered(options, answer);
    expect(done).toMatchObject({ told: [told], outcome });
    if (outcome === 'withdrawn') expect(done.because).toContain('told that its request is cancelled');
    const isPicked = answer.option !== undefined && told !== null;
    expect(done.choice).toBe(isPicked ? `Name of ${told}` : null);
  });
});
