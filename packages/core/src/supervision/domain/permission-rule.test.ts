import type { PermissionDetail } from '@quarterdeck/contract/proposal';
import { TOOL_KINDS } from '@quarterdeck/contract/session';
import { makeDetail } from '@quarterdeck/testkit/factories/make-proposal';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describePattern,
  isStillUsed,
  matchesPattern,
  patternFor,
  type RulePattern,
} from './permission-rule.ts';

const command = (text: string, more: Partial<PermissionDetail> = {}) =>
  makeDetail({ command: text, ...more });
const pattern = (text: string): RulePattern => {
  const made = patternFor(command(text));
  if (!made) throw new Error('this command has a pattern');
  return made;
};
const words = (detail: PermissionDetail) => {
  const made = patternFor(detail);
  return made && describePattern(made);
};

describe('the rule a wider ruling makes', () => {
  it.each([
    ['npm test', 'npm test …'],
    ['npm test -- --watch', 'npm test …'],
    ['npm run build', 'npm run build …'],
    ['  git   status  ', 'git status …'],
    ['make test', 'make test …'],
    ['cargo test --workspace', 'cargo test …'],
    ['make', 'make'],
    ['npm test && rm -rf /', 'npm test && rm -rf /'],
    ['echo "hi"', 'echo "hi"'],
  ])('for %j is %j', (text, expected) => expect(words(command(text))).toBe(expected));

  it.each([
    ...[
      'timeout 60',
      'env X=1',
      'env',
      'nice -5',
      'nice',
      'nohup',
      'sudo -n',
      'sudo',
      'su root',
      'doas',
      'xargs',
    ],
    ...[
      'watch',
      'time',
      'bash -x',
      'bash',
      'sh script',
      'zsh -c',
      'fish',
      'dash',
      'python x.py',
      'python3',
      'node',
    ],
    ...['node a.js', 'ruby', 'perl', 'php', 'lua', 'deno run', 'npx -y', 'npx', 'bunx', 'uvx', 'pnpm dlx'],
    ...[
      'yarn dlx',
      'npm exec',
      'npm x',
      'npm init',
      'npm explore',
      'bun x',
      'docker run',
      'docker exec',
      'podman run',
    ],
    ...[
      'docker compose',
      'kubectl exec',
      'ssh host',
      'scp',
      'rsync',
      'find .',
      'git -c',
      'git -C',
      'git bisect',
    ],
    ...[
      'git submodule',
      'git rebase',
      'git config',
      'git difftool',
      'git fetch',
      'git clone',
      'make -f',
      'make -C',
    ],
    ...[
      'cargo run',
      'cargo x',
      'go run',
      'go generate',
      'go tool',
      'dotnet run',
      'tmux new',
      'screen',
      'strace',
    ],
    ...[
      'ltrace',
      'gdb',
      'ionice',
      'stdbuf',
      'setsid',
      'chroot',
      'unshare',
      'nsenter',
      'flock',
      'parallel',
      'entr',
    ],
    ...[
      'script',
      'expect',
      'busybox sh',
      'systemd-run',
      'runuser',
      'at now',
      'crontab',
      'eval',
      'exec',
      'command',
    ],
    ...[
      'builtin',
      'source',
      '.',
      'awk',
      'sed',
      'tar',
      'zip',
      'vim',
      'less',
      'man',
      'curl',
      'wget',
      'cp',
      'mv',
      'rm',
    ],
    ...[
      'dd',
      'tee',
      'ln',
      'chmod',
      'cat',
      'ls',
      './run.sh',
      '/bin/npm',
      '/tmp/npm',
      'NPM',
      'X=1 npm',
      'npm -C',
      'npm',
    ],
    ...[
      'npm --prefix',
      'npm run-script -x',
      'npm run ../x',
      'npm run --',
      'npm run /x',
      'gh api',
      'terraform apply',
    ],
  ])('S10: for %j with words behind it is just these words', (first) => {
    const text = `${first} rm -rf x`;
    const made = patternFor(command(text));
    expect(made).toMatchObject({ command: text, isPrefix: false });
    if (made === null) throw new Error('it has a pattern');
    expect(matchesPattern(command(text), made)).toBe(true);
    expect(matchesPattern(command(`${first} rm -rf y`), made)).toBe(false);
    expect(matchesPattern(command(`${text} z`), made)).toBe(false);
  });

  it('for a tool is that tool', () => {
    const tool = makeDetail({ command: null, toolKind: 'other', mcpTool: 'github/search' });
    expect(words(tool)).toBe('the tool github/search');
  });

  it.each(TOOL_KINDS)('A2: of the kind %s without a command, a tool or a file is none', (toolKind) => {
    expect(patternFor(makeDetail({ command: null, toolKind }))).toBeNull();
    expect(patternFor(makeDetail({ command: ' ', toolKind }))).toBeNull();
  });

  it.each([
    ['another folder', { places: [{ path: '/x', inside: null }] }],
    ['other variables', { input: '{"command":"npm test","env":{"NODE_OPTIONS":"-r x"}}' }],
    ['words on its input', { input: '{"command":"npm test","stdin":"y"}' }],
    ['another shell', { input: '{"command":"npm test","shell":"evil"}' }],
    ['further arguments', { input: '{"command":"npm test","args":["install","evil"]}' }],
    ['arguments under another name', { input: '{"command":"npm test","argv":["x"]}' }],
    ['a second command', { input: '{"command":"npm test","cmd":"rm -rf src"}' }],
    [
      'arguments that are cut, behind which anything can stand',
      { input: '{"command":"npm test","note":"xxx' },
    ],
  ])('S10: for a command with %s there is none, and none covers it', (_, more) => {
    expect(patternFor(command('npm test', more))).toBeNull();
    expect(matchesPattern(command('npm test', more), pattern('npm test'))).toBe(false);
  });

  it('F11, F12: for a change of mode, and for choices, there is none', () => {
    expect(patternFor(makeDetail({ toolKind: 'switch_mode' }))).toBeNull();
    expect(patternFor(makeDetail({ options: [{ id: 'x', name: 'Blue', kind: 'colour' }] }))).toBeNull();
  });
});

describe('what a rule covers', () => {
  it.each([
    ['npm test', true],
    ['npm test -- -t name', true],
    ['npm  test', true],
    ['npm\ttest', true],
    ['npm tests', false],
    ['npm run test', false],
    ['sudo npm test', false],
    ['npm', false],
    ['npm\u00a0test', false],
    ['npm\vtest', false],
    ['npm test --prefix /elsewhere', false],
    ['npm test --prefix ../elsewhere', false],
    ['npm test --prefix elsewhere', false],
    ['npm test --script-shell=x', false],
    ['npm test X=1', false],
    ['npm test /etc', false],
  ])('"npm test …" and %j: %s', (text, covered) => {
    expect(matchesPattern(command(text), pattern('npm test'))).toBe(covered);
  });

  it.each([
    ['git log', 'git log --output=/etc/x', false],
    ['git log', 'git log --outp x', false],
    ['git diff', 'git diff --ext-diff', false],
    ['git diff', 'git diff --no-index /etc/passwd a', false],
    ['git diff', 'git diff main..topic', true],
    ['git push', 'git push --receive-pack x', false],
    ['git push', 'git push ext::sh', false],
    ['make test', 'make test -f other.mk', false],
    ['make test', 'make test SHELL=x', false],
    ['go test', 'go test -exec evil', false],
    ['npm run build', 'npm run build -- --fast', true],
    ['npm run build', 'npm run deploy', false],
  ])('S10: "%s …" and %j: %s', (first, text, covered) => {
    expect(matchesPattern(command(text), pattern(first))).toBe(covered);
  });

  it.each([...';&|<>`$(){}\n\\*?~#!\'"[]^%', '&&', '||', '$(x)', '\r\n', '\0', 'é', '\u2028'])(
    'never a command line with %j in it',
    (sign) => {
      for (const text of [`npm test${sign}x`, `npm test ${sign} x`, `npm test x${sign}x`]) {
        expect(matchesPattern(command(text), pattern('npm test'))).toBe(false);
      }
    },
  );

  it('a whole command line with signs in it only when it is the very same', () => {
    const exact = pattern('npm test && npm run lint');
    expect(matchesPattern(command('npm test && npm run lint'), exact)).toBe(true);
    expect(matchesPattern(command('npm test && npm run lint x'), exact)).toBe(false);
  });

  it('never another kind, another tool, or a command where there was none', () => {
    expect(matchesPattern(makeDetail({ toolKind: 'other' }), pattern('npm test'))).toBe(false);
    expect(matchesPattern(makeDetail({ mcpTool: 'x' }), pattern('npm test'))).toBe(false);
  });

  it('S10: files in one folder of the workspace, never all of a kind', () => {
    const edit = (...insides: (string | null)[]) =>
      makeDetail({
        command: null,
        toolKind: 'edit',
        paths: ['x'],
        places: insides.map((inside) => ({ path: 'x', inside })),
      });
    const made = patternFor(edit('.claude/skills/a.md', '.claude/b.md'));
    if (made === null) throw new Error('files in a folder have a pattern');
    expect(describePattern(made)).toBe('edit in the folder .claude of the workspace');
    expect(matchesPattern(edit('.claude/settings.json'), made)).toBe(true);
    expect(matchesPattern(edit('.claude/deep/er/x'), made)).toBe(true);
    for (const other of ['.claude-2/x', 'x', '.codex/x', null, '.claude/.git/x'])
      expect(matchesPattern(edit('.claude/a', other), made)).toBe(false);
    expect(matchesPattern({ ...edit('.claude/a'), toolKind: 'delete' }, made)).toBe(false);
    for (const none of [['.mcp.json'], ['a/b', 'c/d'], [null], ['.git/x'], []])
      expect(patternFor(edit(...none))).toBeNull();
  });

  it.each<[string, RulePattern]>([
    ['every edit', { toolKind: 'edit', command: null, isPrefix: false, mcpTool: null }],
    ['every command', { toolKind: 'execute', command: null, isPrefix: false, mcpTool: null }],
    ['everything other', { toolKind: 'other', command: null, isPrefix: false, mcpTool: null }],
    ['timeout 60 …', { toolKind: 'execute', command: 'timeout 60', isPrefix: true, mcpTool: null }],
    ['git -c …', { toolKind: 'execute', command: 'git -c', isPrefix: true, mcpTool: null }],
    ['npm run …', { toolKind: 'execute', command: 'npm run', isPrefix: true, mcpTool: null }],
  ])('S10: nothing, when an older build made it too wide: %s', (_, old) => {
    expect(isStillUsed(old)).toBe(false);
    const everything = [
      makeDetail({ command: null, toolKind: old.toolKind, paths: ['a/b'] }),
      command(`${old.command ?? 'x'} rm -rf x`, { toolKind: old.toolKind }),
      command(old.command ?? 'x', { toolKind: old.toolKind }),
    ];
    for (const detail of everything) expect(matchesPattern(detail, old)).toBe(false);
  });

  it('what rules of older builds said exactly, they still say', () => {
    const old: RulePattern = { toolKind: 'execute', command: 'ls -la', isPrefix: false, mcpTool: null };
    expect([isStillUsed(old), matchesPattern(command('ls -la'), old)]).toEqual([true, true]);
  });

  it('always the request it was made for', () => {
    const details = fc.record({
      toolKind: fc.constantFrom(...TOOL_KINDS),
      command: fc.option(fc.string({ unit: fc.constantFrom(...'ab -.\t;"$', 'npm ', 'test ') })),
      mcpTool: fc.option(fc.string()),
    });
    fc.assert(
      fc.property(details, ({ mcpTool, command: text, toolKind }) => {
        const detail = makeDetail({ toolKind, mcpTool, command: mcpTool === null ? text : null });
        const made = patternFor(detail);
        return made === null || matchesPattern(detail, made);
      }),
    );
  });
});
