import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSecrets } from './secrets.ts';

const secrets = createSecrets(randomBytes(32));
const token = secrets.runToken('r_0001');

describe('the token of a run', () => {
  it('says whose it is, and is the same every time', () => {
    expect(secrets.runOf(token)).toBe('r_0001');
    expect(secrets.runToken('r_0001')).toBe(token);
  });

  it('is worth nothing when it was made with another key, for another run, or by hand', () => {
    expect(createSecrets(randomBytes(32)).runOf(token)).toBeNull();
    expect(secrets.runOf(token.replace('r_0001', 'r_0002'))).toBeNull();
    for (const forged of [
      '',
      'qdr_',
      'qdr_r_0001_',
      `${token}x`,
      ` ${token}`,
      `${token}\n`,
      token.slice(0, -1),
    ]) {
      expect(secrets.runOf(forged)).toBeNull();
    }
  });

  it('is worth nothing with any one character changed', () => {
    const change = fc.tuple(fc.nat(token.length - 1), fc.constantFrom(...'Aa0-_é/'));
    fc.assert(
      fc.property(change, ([at, sign]) => {
        fc.pre(token[at] !== sign);
        return secrets.runOf(token.slice(0, at) + sign + token.slice(at + 1)) === null;
      }),
    );
  });
});

it('secrets are random, long and told apart by their prefix', () => {
  const made = Array.from({ length: 100 }, () => secrets.make('qds'));
  expect(new Set(made).size).toBe(100);
  for (const secret of made) expect(secret).toMatch(/^qds_[A-Za-z0-9_-]{43}$/);
  expect(secrets.hash('a')).toMatch(/^[0-9a-f]{64}$/);
  expect(secrets.hash('a')).not.toBe(secrets.hash('b'));
});
