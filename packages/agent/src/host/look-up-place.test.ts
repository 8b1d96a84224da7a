import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groundOf, lookUpForAWhile, lookUpPlace } from './look-up-place.ts';
import type { HostSpec } from './spec.ts';

let folder = '';
let space = '';
const inside = (path: string, at = space, subfolder = '') =>
  lookUpPlace({ workspacePath: at, subfolder }, path).map((place) => place.inside);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarterdeck-place-'));
  space = join(folder, 'my space');
  await mkdir(join(space, 'src', '[id]'), { recursive: true });
  await mkdir(join(space, 'links'));
  await mkdir(join(folder, 'secret'));
  await writeFile(join(space, 'src', 'a.ts'), '');
  await writeFile(join(folder, 'secret', 'key'), '');
  const links = {
    out: '../../secret',
    outFile: '../../secret/key',
    absolute: join(folder, 'secret'),
    hanging: '../../nothing-yet',
    hangingInside: '../src/new.ts',
    in: '../src',
    viaIn: 'in',
    viaOut: 'out',
    back: '../../my space/src',
    loop: 'loop',
    root: '/',
    absoluteIn: join(space, 'src'),
    git: '../src/../.git',
  };
  for (const [name, target] of Object.entries(links)) await symlink(target, join(space, 'links', name));
  await symlink(space, join(folder, 'alias'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a path inside', () => {
  it.each([
    ['src/a.ts', 'src/a.ts'],
    ['./src//a.ts', 'src/a.ts'],
    ['src/../src/a.ts', 'src/a.ts'],
    ['new/folder/file.ts', 'new/folder/file.ts'],
    ['.', ''],
    ['src/[id]/page.tsx', 'src/[id]/page.tsx'],
    ['src/**/*.ts', 'src/**/*.ts'],
    ['src/*.{ts,tsx}', 'src/*.{ts,tsx}'],
    ['src/*.{test,spec}.ts', 'src/*.{test,spec}.ts'],
    ['*.ts', '*.ts'],
  ])('%s is %s', (path, expected) => expect(inside(path)).toEqual([expected]));

  it('may be spelled with the whole way, with an address, or through another name of the workspace', () => {
    expect(inside(join(space, 'src/a.ts'))).toEqual(['src/a.ts']);
    expect(inside(space)).toEqual(['']);
    expect(inside(pathToFileURL(join(space, 'src/a.ts')).href)).toEqual(['src/a.ts']);
    const alias = join(folder, 'alias');
    expect(inside(join(alias, 'src/a.ts'), alias)).toEqual(['src/a.ts']);
    expect(inside(join(space, 'src/a.ts'), alias)).toEqual(['src/a.ts']);
  });

  it.each([
    ['links/in/a.ts', ['src/a.ts', 'links/in/a.ts']],
    ['links/viaIn/a.ts', ['src/a.ts', 'links/viaIn/a.ts']],
    ['links/absoluteIn/a.ts', ['src/a.ts', 'links/absoluteIn/a.ts']],
    ['links/hangingInside', ['src/new.ts', 'links/hangingInside']],
    ['links/git/config', ['.git/config', 'links/git/config']],
  ])('through a link is both what it is called and where it leads: %s', (path, expected) => {
    expect(inside(path)).toEqual(expected);
  });
});

it.each([
  '/etc/passwd',
  '..',
  '../secret/key',
  'src/../../secret/key',
  'links/out/key',
  'links/out',
  'links/outFile',
  'links/viaOut/key',
  'links/absolute/key',
  'links/hanging',
  'links/hanging/deeper',
  'links/loop',
  'links/root/etc/passwd',
  'links/back/a.ts',
  'links/in/../a.ts',
  '~',
  '~/.bashrc',
  '~root/.bashrc',
  '$HOME/.bashrc',
  '%USERPROFILE%\\x',
  'file:///etc/passwd',
  'file://server/share',
  'file:///%00',
  'https://example.com/a',
  'vscode-remote://ssh/etc',
  'C:\\Windows',
  'c:/windows',
  '\\\\server\\share',
  '..\\secret',
  'src\\..\\..\\secret',
  'a\0b',
  'x'.repeat(5000),
  'links/*/key',
  'src/*/../../../secret/key',
  '{src,../../secret}/key',
  '{src,/etc}/passwd',
  '{.,src}./secret/key',
  '.{.,src}/secret/key',
  '{,.}./secret/key',
  '.{,x}./secret/key',
  '.{{.,x},y}/secret/key',
  '{..,x}/secret/key',
  '{-../}/x',
  '{\\.,x}./secret',
  '.*/secret/key',
  '.?/secret/key',
  '.[.]/secret/key',
  'src/.*',
  'links/*',
  'links/ou[t]',
  '*/out/key',
  '*/*/key',
  '**/key',
  'src/../links/o*',
  '',
])('S3: %j leads elsewhere', (path) => expect(inside(path)).toEqual([null]));

it('S3: a folder beside it whose name begins alike is elsewhere, and so is everything of a workspace that is not there', () => {
  expect(inside(`${space}-2/a.ts`)).toEqual([null]);
  expect(inside(`${space}/../secret/key`)).toEqual([null]);
  expect(inside('a.ts', join(folder, 'gone'))).toEqual([null]);
});

describe('an agent that starts in a folder of a larger repository', () => {
  it('names files from there, and may work in the whole worktree', () => {
    expect(inside('a.ts', space, 'src')).toEqual(['src/a.ts']);
    expect(inside('../links', space, 'src')).toEqual(['links']);
    expect(inside(join(space, 'src/a.ts'), space, 'src')).toEqual(['src/a.ts']);
    expect(inside('../../secret/key', space, 'src')).toEqual([null]);
    expect(inside('../links/out/key', space, 'src')).toEqual([null]);
  });

  it('is told by the order', () => {
    const orderOf = (kind: 'worktree' | 'dir', subfolder: string | null) =>
      ({ workspace: { kind }, project: { subfolder } }) as HostSpec['order'];
    const at = '/w/t_1/pkg/a';
    const ground = (order: HostSpec['order']) => groundOf({ order, workspacePath: at });
    expect(ground(orderOf('worktree', 'pkg/a'))).toEqual({ workspacePath: '/w/t_1', subfolder: 'pkg/a' });
    expect(ground(orderOf('worktree', null))).toEqual({ workspacePath: at, subfolder: '' });
    expect(ground(orderOf('dir', 'pkg/a'))).toEqual({ workspacePath: at, subfolder: '' });
    expect(ground(orderOf('worktree', 'kg/a'))).toEqual({ workspacePath: at, subfolder: '' });
  });
});

it.each([
  ['segments', 'a/'.repeat(300)],
  ['segments that go up and down', 'src/../'.repeat(200)],
])('S10: too many %s are not walked', (_, path) => expect(inside(path)).toEqual([null]));

it('S10: a missing part hides no link behind the way back', () => {
  expect(inside('gone/deeper/../../links/out/key')).toEqual([null]);
  expect(inside('gone/../src/a.ts')).toEqual(['src/a.ts']);
});

it('S10: paths that are not looked at in time count as elsewhere', () => {
  let now = 0;
  const look = lookUpForAWhile({ workspacePath: space, subfolder: '' }, () => now);
  expect(look('src/a.ts')).toEqual([{ path: 'src/a.ts', inside: 'src/a.ts' }]);
  now = 1000;
  expect(look('src/a.ts')).toEqual([{ path: 'src/a.ts', inside: null }]);
});
