import { describe, expect, it } from 'vitest';
import { cleanName, freeName, isNamedAfter } from './attachment-name.ts';

describe('K21: the name of an attachment', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ada\\plan.txt', 'plan.txt'],
    ['', 'attachment'],
    ['..', 'attachment'],
    ['/', 'attachment'],
    ['.gitignore', 'gitignore'],
    ['a\u0000b\nc\u007f.txt', 'abc.txt'],
    ['photo\u202egnp.exe', 'photognp.exe'],
    ['zero\u200bwidth\ufeff.md', 'zerowidth.md'],
    ['half \ud800 pair.txt', 'half pair.txt'],
    ['what?.txt', 'what_.txt'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['com1.tar.gz', '_com1.tar.gz'],
    ['console.log', 'console.log'],
    ['end. ', 'end'],
    ['two   spaces\tand tab.txt', 'two spacesand tab.txt'],
    ['Zoe\u0308.txt', 'Zo\u00eb.txt'],
    ['日本語.png', '日本語.png'],
  ])('%j becomes %j', (given, expected) => {
    expect(cleanName(given)).toBe(expected);
  });

  it('keeps the file type of a long name, and no half characters', () => {
    const long = cleanName(`${'x'.repeat(400)}.png`);
    expect(long).toHaveLength(200);
    expect(long.endsWith('x.png')).toBe(true);
    expect(cleanName(`x${'😀'.repeat(200)}`).isWellFormed()).toBe(true);
    expect(cleanName(`a.${'b'.repeat(300)}`)).toHaveLength(200);
  });

  it('is unique on its task', () => {
    expect(freeName('a.png', [])).toBe('a.png');
    expect(freeName('a.png', ['a.png'])).toBe('a (2).png');
    expect(freeName('a.png', ['A.PNG', 'a (2).png'])).toBe('a (3).png');
    expect(freeName('Makefile', ['Makefile'])).toBe('Makefile (2)');
    const long = `${'x'.repeat(196)}.png`;
    expect(freeName(long, [long])).toHaveLength(200);
  });

  it('is known again with its number', () => {
    expect(isNamedAfter('a.png', 'a.png')).toBe(true);
    expect(isNamedAfter('a (2).png', 'a.png')).toBe(true);
    expect(isNamedAfter('a (2).png', 'a (2).png')).toBe(true);
    expect(isNamedAfter('b (2).png', 'a.png')).toBe(false);
    expect(isNamedAfter('a (2)', 'a')).toBe(true);
  });
});
