import { existsSync } from 'node:fs';
import { appendFile, chmod, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { keepWork } from './keep-work.ts';
import { readPersonSettings } from './person-settings.ts';
import { isPlainProgram } from './plain-program.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { readDiff } from './read-diff.ts';
import { keepFor, orderFor, temporaryRepository } from './temporary-repository.ts';

afterEach(() => vi.unstubAllEnvs());

const RUN_FILES_OF_THE_WORKSPACE = [
  ...['python3 -m nbstripout', '/usr/bin/python3 -m nbstripout', '"/usr/bin/python3" -m nbstripout'],
  ...['python clean.py', 'python3.12 clean.py', 'node clean.js', 'npx nbclean', 'npm run clean', 'uvx x'],
  ...['bun x', 'deno run x.ts', 'ruby clean.rb', 'perl -pe 1', 'awk -f x.awk', 'make clean', 'java x.java'],
  ...['./tool', 'tools/tool', '../tool', '"./tool"', 'sh -c tr', "bash -c 'tr a b'", 'env tr a b'],
  ...['nice tr a b', 'xargs tr', 'sudo tr a b', 'timeout 9 ./tool', 'X=1 tr a b', 'PATH=. tr a b'],
  ...[
    'tr a b; ./tool',
    'tr a b | ./tool',
    'tr a b && ./tool',
    'tr $(./tool) b',
    'tr `./tool` b',
    'tr "$X" b',
  ],
  ...['tr a b\n./tool', 'cat < x', '(tr a b)', 'tr a \\b', 'tr a b &', '{ tr a b; }', '~/tool', '. tool'],
  ...[
    'cat "%f"',
    "cat '%f'",
    'sed -f x.sed',
    'sed -nf x.sed',
    'sed --file=x.sed',
    'tac --lib=./x',
    'tr lib/x',
  ],
  ...['git x', 'git -c alias.x=!./tool x', 'git', '', '   ', 'no-such-program-here', '/no/such/program'],
  ...[
    'prettier --stdin-filepath %f',
    'eslint --fix',
    '/usr/bin/env tr',
    '"tr',
    'tr a "b',
    'ourtool',
    'linked',
  ],
];

const PLAIN = [
  ...['tr a-z A-Z', 'cat', "sed 's/a/b;c/'", '"tr" a b', 'fine-clean -- %f', 'fine-clean --as=x %f'],
  ...['git merge-file --ours %A %O %B', 'git lfs clean -- %f'],
];

/** A repository with tools in it, one of them linked to from outside, and a folder of the person's tools. */
async function withTools() {
  const made = await temporaryRepository();
  const bin = join(made.root, 'bin');
  await made.write({ 'fine-clean': '#!/bin/sh\ntr a-z A-Z\n' }, bin);
  await made.write({ 'bin/ourtool': '#!/bin/sh\ncat\n' });
  await chmod(join(bin, 'fine-clean'), 0o755);
  await chmod(join(made.path, 'bin/ourtool'), 0o755);
  await symlink(join(made.path, 'bin/ourtool'), join(bin, 'linked'));
  await symlink('/bin/sh', join(bin, 'disguised'));
  vi.stubEnv('PATH', [bin, process.env.PATH, join(made.path, 'bin')].join(delimiter));
  return made;
}

test.each([...RUN_FILES_OF_THE_WORKSPACE, 'disguised -c x'])(
  'S1: the driver %j is not run',
  async (command) => {
    await using made = await withTools();
    expect(await isPlainProgram(command, made.path)).toBe(false);
  },
);

test.each(PLAIN)('S1: the driver %j is one program of the machine, and is run', async (command) => {
  await using made = await withTools();
  expect(await isPlainProgram(command, made.path)).toBe(true);
});

test.each(['', '.', 'bin'])('S1: with the folder %j on the PATH the workspace has a say', async (folder) => {
  await using made = await withTools();
  vi.stubEnv('PATH', [folder, process.env.PATH].join(delimiter));
  expect(await isPlainProgram('tr a b', made.path)).toBe(false);
});

test('S1: one bad command takes its whole driver away, and no other', async () => {
  await using made = await withTools();
  const settings = join(made.root, 'person.config');
  await writeFile(
    settings,
    ['[filter "good"]', 'clean = tr a b', 'required', '[filter "bad"]', 'clean = tr a b', 'required']
      .concat(['smudge = ./x', '[merge "bad"]', 'name = X', 'driver = ./x %A', '[lfs "customtransfer.bad"]'])
      .concat(['path = ./x', 'args = y', '[lfs "extension.bad"]', 'clean = ./x', '[lfs]', 'concurrent = 2'])
      .join('\n'),
  );
  vi.stubEnv('GIT_CONFIG_GLOBAL', settings);
  const { text, inertText } = await readPersonSettings(made.path);
  expect(text).toMatch(/\[filter "good"\]\s+clean = "tr a b"/);
  expect(text).toContain('concurrent');
  expect(text).not.toContain('bad');
  expect(inertText).toBe('');
});

const DRIVERS: Readonly<Record<string, string>> = {
  'a file of the workspace': './tool',
  'an interpreter with a file of the workspace': 'python3 tool.py',
  'a module that the workspace brings along': 'python3 -m nbstripout',
  'a shell': 'sh -c ./tool',
};

test.each(Object.entries(DRIVERS))(
  'S1: a filter of the person that is %s is said and started neither for a diff nor a keep',
  { timeout: 30_000 },
  async (_, command) => {
    await using made = await temporaryRepository({ '.gitattributes': '*.txt filter=x\n', 'a.txt': 'a\n' });
    const settings = join(made.root, 'person.config');
    await writeFile(settings, `[filter "x"]\n\tclean = ${command}\n\tsmudge = ${command}\n\trequired\n`);
    vi.stubEnv('GIT_CONFIG_GLOBAL', settings);
    const { home, trees, path: projectPath } = made;
    const prepared = await prepareWorkspace({ order: orderFor(projectPath), home, trees }, () => undefined);
    if (!prepared.ok) throw new Error(prepared.failure);
    expect(prepared.value.notes.join()).toContain('Your git settings name filter.x,');
    const { path, branch, base } = prepared.value;
    const evil = `open(${JSON.stringify(join(made.root, 'ran'))}, 'w')\n`;
    await made.write({ 'tool.py': evil, 'nbstripout.py': evil, 'a.txt': 'b\n' }, path);
    await made.write({ tool: `#!/bin/sh\ntouch '${join(made.root, 'ran')}'\ncat\n` }, path);
    await chmod(join(path, 'tool'), 0o755);
    const asked = { workspacePath: path, branch, projectPath, baseBranch: 'main', trees, base, head: null };
    expect(await readDiff({ ...asked, isLive: true })).toMatchObject({ ok: true });
    const kept = await keepWork(keepFor(made, prepared.value));
    expect(await made.run(['show', `${kept.commit}:a.txt`])).toBe('b');
    expect(existsSync(join(made.root, 'ran'))).toBe(false);
  },
);

test('S1: looking at changes starts not even a program that keeping starts', async () => {
  await using made = await temporaryRepository({ '.gitattributes': '*.txt filter=x\n', 'a.txt': 'A\n' });
  const settings = join(made.root, 'person.config');
  await writeFile(settings, '[filter "x"]\n\tclean = tr a-z A-Z\n');
  vi.stubEnv('GIT_CONFIG_GLOBAL', settings);
  const { home, trees, path: projectPath } = made;
  const prepared = await prepareWorkspace({ order: orderFor(projectPath), home, trees }, () => undefined);
  if (!prepared.ok) throw new Error(prepared.failure);
  const { path, branch, base } = prepared.value;
  await appendFile(join(path, 'a.txt'), 'quiet\n');
  const asked = { workspacePath: path, branch, projectPath, baseBranch: 'main', trees, base, head: null };
  const shown = await readDiff({ ...asked, isLive: true });
  expect(shown.ok && shown.value.patch).toContain('+quiet');
  const kept = await keepWork(keepFor(made, prepared.value));
  expect(await made.run(['show', `${kept.commit}:a.txt`])).toBe('A\nQUIET');
});
