import { describe, expect, it } from 'vitest';
import { mentionsIn, splitMentions } from './mention.ts';

const KNOWN = new Set(['opencode', 'claude', 'my-agent']);
const isKnown = (name: string) => KNOWN.has(name);

describe('K22 a mention', () => {
  it.each([
    ['@opencode please look', ['opencode']],
    ['Could @claude, or @opencode, look? And (@my-agent)!', ['claude', 'opencode', 'my-agent']],
    ['@claude @claude', ['claude']],
    ['**@claude** and _@opencode_.', ['claude']],
    ['Ask @claude.', ['claude']],
    ['Ask @claude-three or @nobody', []],
    ['Ask @my-agent-two', []],
    ['ada@claude.example wrote, so did mail@opencode', []],
    ['see @claude/readme and node_modules/@opencode and @claude.dev', []],
    ['run `@claude` and ``a ` @opencode``', []],
    ['```sh\n@claude\n```\nbut @opencode', ['opencode']],
    ['~~~\n@claude\n~~~', []],
    ['```\n@claude never closed', []],
    ['text\n\n    @claude indented\n\n@opencode', ['opencode']],
    ['@Claude', []],
    ['', []],
  ])('in %j wakes %j', (text, profiles) => {
    expect(mentionsIn(text, isKnown)).toEqual(profiles);
  });

  it('is found again where it stands in the text', () => {
    const text = 'Hi @claude, not @nobody.';
    const pieces = splitMentions(text, isKnown);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.filter((piece) => piece.profile)).toEqual([{ text: '@claude', profile: 'claude' }]);
  });

  it('takes no time in a long and nasty text', () => {
    const started = performance.now();
    for (const nasty of [
      '`'.repeat(50_000),
      '` `` '.repeat(20_000),
      '@a'.repeat(50_000),
      '```\n'.repeat(20_000),
      '@'.repeat(100_000),
    ])
      mentionsIn(nasty, isKnown);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
