import { describe, expect, it } from 'vitest';
import { findNamedPaths, namedPlaces } from './named-paths.ts';

const elsewhere = (input: unknown) =>
  namedPlaces(
    (path) => [{ path, inside: /^([/~$%\\]|[a-z]+:)|(^|[\\/])\.\.([\\/]|$)/i.test(path) ? null : path }],
    findNamedPaths([input]),
  )
    .filter(({ inside }) => inside === null)
    .map(({ path }) => path);

describe('S3: a place elsewhere is found', () => {
  it.each<[string, unknown]>([
    ['as a path', { file_path: '/etc/passwd' }],
    ['under any name', { zzz: '/etc/passwd' }],
    ['without a name', '/etc/passwd'],
    ['in a list', { files: ['a.ts', '/etc/passwd'] }],
    ['deep down', { a: [{ b: { c: [[{ d: '/etc/passwd' }]] } }] }],
    ['as the name of a field', { changes: { '/etc/passwd': { content: 'x' } } }],
    ['in JSON inside of text', { args: '{"path":"/etc/passwd"}' }],
    ['in JSON inside of JSON', { args: JSON.stringify(JSON.stringify({ p: '/etc/passwd' })) }],
    ['as an address', { uri: 'file:///etc/passwd' }],
    ['as an address in capitals', { x: 'FILE:///etc/passwd' }],
    ['as an address of the network', { x: 'https://example.com/a' }],
    ['in a home', { path: '~/.ssh/id_rsa' }],
    ['in the home of somebody', { x: '~root/.bashrc' }],
    ['as a home alone', { path: '~' }],
    ['by a variable', { path: '$HOME/.ssh' }],
    ['by a variable in braces', { x: `\${HOME}/.ssh` }],
    ['upwards', { path: '../other/a.ts' }],
    ['upwards from inside', { path: 'a/../../b' }],
    ['upwards under any name', { x: 'a/../../b' }],
    ['upwards with backslashes', { path: '..\\other' }],
    ['on a drive', { path: 'C:\\Windows\\win.ini' }],
    ['on a drive under any name', { x: 'c:/windows' }],
    ['on a share', { path: '\\\\server\\share' }],
    ['by a pattern', { pattern: '/etc/*' }],
    ['after a comma', { paths: 'a.ts,/etc/passwd' }],
    ['after a blank', { paths: 'a.ts /etc/passwd' }],
    ['after an equals sign', { option: 'file=/etc/passwd' }],
    ['after an at sign', { x: '@/etc/passwd' }],
    ['after a colon', { mount: 'a:~/b' }],
    ['in braces', { glob: '{a,/etc}/x' }],
    ['in quotes', { q: "cat '/etc/passwd'" }],
    ['on a line of its own', { files: 'a.ts\n/etc/passwd\nb.ts' }],
    [
      'in a patch',
      { patch: '*** Begin Patch\n*** Update File: ../../etc/passwd\n@@\n-a\n+b\n*** End Patch' },
    ],
    ['as the new name in a patch', { input: '*** Update File: a\n*** Move to: /etc/cron.d/x\n' }],
    ['in a unified diff', { diff: '--- a/x\n+++ /etc/passwd\n@@ -1 +1 @@\n-a\n+b\n' }],
    ['in a diff of git', { diff: 'diff --git a/x b/../../y\n@@ -1 +1 @@\n' }],
    ['as a whole text', { content: '/etc/passwd' }],
    ['as a whole text with a home', { new_string: '~/.bashrc' }],
    ['in an object below a text', { content: [{ path: '/etc/passwd' }] }],
    ['as the folder it runs in', { cwd: '/', path: 'a' }],
    ['behind blanks in a patch', { x: 'a\n  ***  update file:/etc/passwd\n@@\n' }],
    ['in C quotes in a patch', { diff: '--- a/x\n+++ "b/\\056\\056/y"\n@@ -1 +1 @@\n' }],
    ['beside a patch', { x: 'Index: a\n /etc/passwd\n' }],
    ['in a diff without letters', { x: 'diff -u x /etc/passwd\n@@ -1 +1 @@\n' }],
  ])('%s', (_, input) => expect(elsewhere(input)).not.toEqual([]));

  it.each<[string, unknown]>([
    ['too deep', Array.from({ length: 50 }).reduce<unknown>((inner) => [inner], '/etc')],
    ['too many', { files: Array.from({ length: 3000 }, (_, n) => `f${n}`) }],
  ])('when there is %s, that is said', (_, input) => expect(elsewhere(input)).toEqual(['… and more']));
});

describe('what is none stays none', () => {
  it.each<[string, unknown]>([
    [
      'an edit',
      { file_path: 'src/a.ts', old_string: '// a /b/ ../c', new_string: 'import x from "../c";\n/x' },
    ],
    ['a file', { path: 'a.md', content: 'See /etc/passwd and ~/.bashrc\n' }],
    ['a note', { path: 'a.ts', instruction: 'Change the route /api/users to /api/people' }],
    ['a search', { path: 'src', pattern: 'class \\w+ extends', glob: '**/*.ts' }],
    ['words', { path: 'a', query: 'this and / or that: so' }],
    ['a patch', { patch: '*** Update File: src/a.ts\n@@\n-import "../b"\n+import "/c"\n' }],
    ['numbers', { path: 'a', limit: 10, isDeep: true, nothing: null }],
  ])('%s', (_, input) => expect(elsewhere(input)).toEqual([]));
});

it('tells paths that are said from words that could be one', () => {
  expect(findNamedPaths([{ file_path: 'src/a.ts', mode: 'fast', nested: { targetFile: 'b' } }])).toEqual({
    told: ['src/a.ts', 'b'],
    hinted: ['file_path', 'mode', 'fast', 'nested', 'targetFile'],
    isComplete: true,
  });
});

describe('S3: a link is found under the very name that is used', () => {
  const LINKS = [
    'out',
    'out ',
    ' out',
    'my out',
    'a:out',
    '["out"]',
    '"out"',
    '{"a":"out"}',
    'a\nout',
    'out\u2028',
    'o\tut',
    'd/out',
  ];
  const found = (input: unknown, link: string) =>
    namedPlaces(
      (path) => [{ path, inside: path.replace(/^\.\//, '') === link ? null : path }],
      findNamedPaths([input]),
    ).some(({ inside }) => inside === null);

  it.each(LINKS)('as a path: %j', (link) => {
    expect(found({ file_path: link }, link)).toBe(true);
    expect(found({ files: [link] }, link)).toBe(true);
  });
  it.each(LINKS.filter((link) => !link.includes('":"')))('under any name: %j', (link) => {
    expect(found({ zzz: link }, link)).toBe(true);
  });
  it.each(LINKS.filter((link) => !/[[{]/.test(link)))('as the name of a field: %j', (link) => {
    expect(found({ zzz: { [link]: 1 } }, link)).toBe(true);
  });
  it.each(['a.ts d/out', 'a.ts,d/out', 'a.ts\nd/out'])('in a list: %j', (list) => {
    expect(found({ zzz: list }, 'd/out')).toBe(true);
  });
});
