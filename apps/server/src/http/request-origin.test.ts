import { describe, expect, it } from 'vitest';
import { checkHost, checkOrigin } from './request-origin.ts';

const rules = { allowedHosts: ['deck.lan'], publicOrigins: ['https://deck.example.org'] };
const asked = (host: string | undefined, origin?: string, localAddress = '127.0.0.1') => ({
  host,
  origin,
  localAddress,
});

describe('R5: Host check', () => {
  it.each([
    ['localhost:4700', '127.0.0.1'],
    ['127.0.0.1', '127.0.0.1'],
    ['[::1]:4700', '::1'],
    ['LOCALHOST', '127.0.0.1'],
    ['deck.lan:4700', '10.0.0.9'],
    ['deck.example.org', '10.0.0.9'],
    ['10.0.0.9:4700', '::ffff:10.0.0.9'],
  ])('answers to %s at %s', (host, local) => {
    expect(checkHost(asked(host, undefined, local), rules).ok).toBe(true);
  });

  it.each([
    ['evil.example', '127.0.0.1'],
    ['localhost.evil.example', '127.0.0.1'],
    ['10.0.0.8', '10.0.0.9'],
    ['evil.example@localhost', '127.0.0.1'],
    ['localhost/..', '127.0.0.1'],
    ['', '127.0.0.1'],
  ])('refuses %s at %s', (host, local) => {
    const result = checkHost(asked(host, undefined, local), rules);
    expect(result.ok ? null : result.refusal.code).toBe('host_refused');
  });

  it('refuses a request without Host', () => {
    expect(checkHost(asked(undefined), rules).ok).toBe(false);
  });
});

describe('R5: Origin check', () => {
  it.each([
    ['localhost:4700', undefined],
    ['localhost:4700', 'http://localhost:4700'],
    ['deck.example.org', 'https://deck.example.org'],
    ['localhost:4700', 'https://deck.example.org'],
  ])('lets a request to %s from %s write', (host, origin) => {
    expect(checkOrigin(asked(host, origin), rules).ok).toBe(true);
  });

  it.each([
    ['localhost:4700', 'http://localhost:3000'],
    ['localhost:4700', 'https://evil.example'],
    ['localhost:4700', 'null'],
    ['localhost:4700', 'garbage'],
    ['localhost:4700', 'http://deck.example.org'],
  ])('refuses a request to %s from %s', (host, origin) => {
    const result = checkOrigin(asked(host, origin), rules);
    expect(result.ok ? null : result.refusal.code).toBe('origin_refused');
  });
});
