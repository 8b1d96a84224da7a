import { TOOL_KINDS } from '@quarterdeck/contract/session';
import { makeDetail } from '@quarterdeck/testkit/factories/make-proposal';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describePattern, matchesPattern, patternFor, type RulePattern } from './permission-rule.ts';

const command = (text: string) => makeDetail({ command: text });
const pattern = (text: string): RulePattern => {
  const made = patternFor(command(text));
  if (!made) throw new Error('a command always has a pattern');
  return made;
};

describe('the rule a wider ruling makes', () => {
  it.each([
    ['npm test', 'npm test …'],
    ['npm test -- --watch', 'npm test …'],
    ['  git   status  ', 'git status …'],
    ['make', 'make'],
    ['npm test && rm -rf /', 'npm test && rm -rf /'],
    ['echo "hi"', 'echo "hi"'],
  ])('for %j is %j', (text, words) => expect(describePattern(pattern(text))).toBe(words));

  it('for a tool is that tool, for a file change its kind, for a fetch none', () => {
    const tool = patternFor(makeDetail({ command: null, toolKind: 'other', mcpTool: 'github_search' }));
    expect(tool && describePattern(tool)).toBe('the tool github_search');
    const edit = patternFor(makeDetail({ command: null, toolKind: 'edit' }));
    expect(edit && describePattern(edit)).toBe('every request of the kind "edit"');
    expect(patternFor(makeDetail({ command: null, toolKind: 'fetch' }))).toBeNull();
  });

  it.each([
    ['npm test', true],
    ['npm test -- -t name', true],
    ['npm  test', true],
    ['npm tests', false],
    ['npm run test', false],
    ['sudo npm test', false],
    ['npm', false],
  ])('"npm test …" and %j: %s', (text, covered) => {
    expect(matchesPattern(command(text), pattern('npm test'))).toBe(covered);
  });

  it.each([...';&|<>`$(){}\n\\*?~#!\'"', '&&', '||', '$(x)', '\r\n'])(
    'never covers a command line with %j in it',
    (sign) => {
      for (const text of [`npm test${sign}x`, `npm test ${sign} x`, `npm test x${sign}x`]) {
        expect(matchesPattern(command(text), pattern('npm test'))).toBe(false);
      }
    },
  );

  it('covers a whole command line with signs in it only when it is the very same', () => {
    const exact = pattern('npm test && npm run lint');
    expect(matchesPattern(command('npm test && npm run lint'), exact)).toBe(true);
    expect(matchesPattern(command('npm test && npm run lint x'), exact)).toBe(false);
  });

  it('never covers another kind, another tool, or a command where there was none', () => {
    expect(matchesPattern(makeDetail({ toolKind: 'other' }), pattern('npm test'))).toBe(false);
    expect(matchesPattern(makeDetail({ mcpTool: 'x' }), pattern('npm test'))).toBe(false);
    const edits = patternFor(makeDetail({ command: null, toolKind: 'edit' }));
    expect(edits && matchesPattern(makeDetail({ toolKind: 'edit', command: 'rm a' }), edits)).toBe(false);
  });

  it('always covers the request it was made for', () => {
    const details = fc.record({
      toolKind: fc.constantFrom(...TOOL_KINDS),
      command: fc.option(fc.string({ unit: fc.constantFrom(...'ab -.\t;"$') })),
      mcpTool: fc.option(fc.string()),
    });
    fc.assert(
      fc.property(details, (fields) => {
        const detail = makeDetail(fields);
        const made = patternFor(detail);
        return made === null || matchesPattern(detail, made);
      }),
    );
  });
});
