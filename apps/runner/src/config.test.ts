import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const MACHINE = { personHome: '/home/ada', hostname: 'engine', cores: 4 };

describe('readConfig', () => {
  it('works without any variable', () => {
    expect(readConfig({}, MACHINE)).toEqual({
      home: '/home/ada/.quarterdeck',
      runnerHome: '/home/ada/.quarterdeck/runner',
      serverUrl: 'http://127.0.0.1:4700',
      token: null,
      name: 'engine',
      capacity: 8,
      isSupervised: false,
      personHome: '/home/ada',
    });
  });

  it('takes what it is told', () => {
    const env = {
      QUARTERDECK_HOME: '/q',
      QUARTERDECK_RUNNER_HOME: '/state',
      QUARTERDECK_SERVER_URL: 'https://deck.example/base/',
      QUARTERDECK_RUNNER_TOKEN: 'secret',
      QUARTERDECK_RUNNER_NAME: 'blue',
      QUARTERDECK_RUNNER_CAPACITY: '3',
      QUARTERDECK_SUPERVISED: '1',
    };
    expect(readConfig(env, MACHINE)).toEqual({
      home: '/q',
      runnerHome: '/state',
      serverUrl: 'https://deck.example/base',
      token: 'secret',
      name: 'blue',
      capacity: 3,
      isSupervised: true,
      personHome: '/home/ada',
    });
  });

  it('has room for two agents on one core', () => {
    expect(readConfig({}, { ...MACHINE, cores: 1 }).capacity).toBe(2);
  });

  it.each(['0', '1.5', 'many'])('refuses a capacity of %s', (text) => {
    expect(() => readConfig({ QUARTERDECK_RUNNER_CAPACITY: text }, MACHINE)).toThrow(
      'QUARTERDECK_RUNNER_CAPACITY',
    );
  });

  it.each(['4700', 'ftp://deck'])('refuses the address %s', (text) => {
    expect(() => readConfig({ QUARTERDECK_SERVER_URL: text }, MACHINE)).toThrow('QUARTERDECK_SERVER_URL');
  });
});
