import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyAllowance, copyIn } from './copy-in.ts';
import { placeFile, placeFolder, placeLink } from './place.ts';
import { openHomes } from './testing/open-homes.ts';

const PATH = 'tool/settings/file.json';

/** What an agent may have put where something of ours belongs; `outside` is what it would like to reach. */
const OBSTACLES: Readonly<Record<string, (at: { home: string; outside: string }) => void>> = {
  nothing: () => undefined,
  'a link to a file': ({ home, outside }) => symlinkSync(join(outside, 'secret'), make(home, PATH)),
  'a link to a folder': ({ home, outside }) => symlinkSync(outside, make(home, PATH)),
  'a dangling link': ({ home, outside }) => symlinkSync(join(outside, 'not-yet'), make(home, PATH)),
  'a link as parent': ({ home, outside }) => symlinkSync(outside, make(home, dirname(PATH))),
  'a link as first parent': ({ home, outside }) => symlinkSync(outside, make(home, 'tool')),
  'a dangling link as parent': ({ home, outside }) =>
    symlinkSync(join(outside, 'not-yet'), make(home, dirname(PATH))),
  'a hard link': ({ home, outside }) => linkSync(join(outside, 'secret'), make(home, PATH)),
  'a pipe': ({ home }) => execFileSync('sh', ['-c', 'mkfifo "$0"', make(home, PATH)]),
  'a pipe as parent': ({ home }) => execFileSync('sh', ['-c', 'mkfifo "$0"', make(home, dirname(PATH))]),
  'a full folder': ({ home }) => mkdirSync(join(make(home, PATH), 'deep', 'er'), { recursive: true }),
  'a folder of links': ({ home, outside }) => {
    mkdirSync(make(home, PATH));
    symlinkSync(outside, join(home, PATH, 'inner'));
  },
  'a file as parent': ({ home }) => writeFileSync(make(home, dirname(PATH)), 'x'),
  'a read-only file': ({ home }) => writeFileSync(make(home, PATH), 'x', { mode: 0o400 }),
  'a read-only folder as parent': ({ home }) => {
    mkdirSync(dirname(make(home, PATH)), { recursive: true });
    chmodSync(dirname(join(home, PATH)), 0o500);
  },
};

function make(home: string, path: string): string {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  return join(home, path);
}

interface Place {
  readonly home: string;
  readonly source: string;
}
const WRITERS: Readonly<
  Record<string, { write: (at: Place) => Promise<unknown>; check: (target: string, at: Place) => void }>
> = {
  'a file': {
    write: ({ home }) => placeFile(home, PATH, { content: 'ours' }),
    check: (target) => {
      expect(lstatSync(target)).toMatchObject({ nlink: 1 });
      expect(lstatSync(target).isFile() && readFileSync(target, 'utf8')).toBe('ours');
    },
  },
  'a folder': {
    write: ({ home }) => placeFolder(home, PATH),
    check: (target) => expect(lstatSync(target).isDirectory()).toBe(true),
  },
  'a link': {
    write: ({ home, source }) => placeLink(home, PATH, join(source, 'a')),
    check: (target) =>
      expect(lstatSync(target).isSymbolicLink() && readFileSync(target, 'utf8')).toBe('theirs'),
  },
  'a copied file': {
    write: ({ home, source }) =>
      copyIn({ root: home, path: PATH, source: join(source, 'a') }, copyAllowance()),
    check: (target) => expect(lstatSync(target).isFile() && readFileSync(target, 'utf8')).toBe('theirs'),
  },
  'a copied folder': {
    write: ({ home, source }) => copyIn({ root: home, path: PATH, source }, copyAllowance()),
    check: (target) => expect(readFileSync(join(target, 'a'), 'utf8')).toBe('theirs'),
  },
};

const CASES = Object.keys(OBSTACLES).flatMap((obstacle) =>
  Object.keys(WRITERS).map((writer) => [writer, obstacle] as const),
);

describe('S8: writing into a home that an agent owns', () => {
  it.each(CASES)('puts %s where %s lies, and touches nothing outside', async (writer, obstacle) => {
    await using homes = await openHomes({ 'outside/secret': 'secret', 'source/a': 'theirs' });
    const home = homes.agent;
    mkdirSync(home, { recursive: true });
    OBSTACLES[obstacle]?.({ home, outside: join(homes.person, 'outside') });
    const before = homes.snapshot();
    const at = { home, source: join(homes.person, 'source') };
    await WRITERS[writer]?.write(at);
    WRITERS[writer]?.check(join(home, PATH), at);
    // The other name of a hard link stays as it was, but for the count of its names.
    expect(homes.snapshot()).toBe(before);
    const left = execFileSync('find', ['.', '-name', '*.part'], { cwd: home, encoding: 'utf8' });
    expect(left).toBe('');
  });

  it.each(Object.keys(OBSTACLES))('prepares the whole home where %s lies', async (obstacle) => {
    await using homes = await openHomes({
      'outside/secret': 'secret',
      '.gitconfig': '[user]\n\tname = Ada\n',
      'tool/settings/file.json': 'theirs',
      'login/auth': 'login',
    });
    const home = homes.agent;
    mkdirSync(home, { recursive: true });
    OBSTACLES[obstacle]?.({ home, outside: join(homes.person, 'outside') });
    for (const place of ['.gitconfig', '.config', 'login', '.local'])
      if (!existsSync(join(home, place))) symlinkSync(join(homes.person, 'outside'), join(home, place));
    const before = homes.snapshot();
    await homes.prepare({
      copy: [PATH],
      link: ['login/auth'],
      files: { 'login/own.json': 'ours', '.local/x/': '' },
    });
    expect(homes.snapshot()).toBe(before);
    expect(readFileSync(join(home, PATH), 'utf8')).toBe('theirs');
    expect(readFileSync(join(home, 'login/own.json'), 'utf8')).toBe('ours');
    expect(readFileSync(join(home, 'login/auth'), 'utf8')).toBe('login');
    expect(readFileSync(join(home, '.gitconfig'), 'utf8')).toContain('Ada');
  });
});
