import { describe, expect, it } from 'vitest';
import { type Fixture, openFixture } from '../open-fixture.ts';
import { judgeDependencies } from './dependency-rule.ts';

const MANIFESTS = {
  'package.json': '{ "name": "fixture", "private": true, "type": "module" }',
  'packages/contract/package.json': manifest('contract', './src/*.ts'),
  'packages/core/package.json': manifest('core', './src/*/index.ts'),
  'packages/store/package.json': manifest('store', './src/*.ts'),
  'packages/client/package.json': manifest('client', './src/*.ts'),
  'packages/testkit/package.json': manifest('testkit', './src/*.ts'),
  'packages/contract/src/ids.ts': 'export type TaskId = string;',
  'packages/core/src/board/index.ts': 'export const board = 1;',
  'packages/store/src/open-store.ts': 'export const openStore = 1;',
  'packages/client/src/call.ts': 'export const call = 1;',
  'packages/testkit/src/fake.ts': 'export const fake = 1;',
};

function manifest(name: string, target: string): string {
  return JSON.stringify({ name: `@quarterdeck/${name}`, type: 'module', exports: { './*': target } });
}

function openProject(files: Readonly<Record<string, string>>): Fixture {
  const fixture = openFixture({ ...MANIFESTS, ...files });
  fixture.linkPackages('contract', 'core', 'store', 'client', 'testkit');
  return fixture;
}

async function brokenRules(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  using project = openProject(files);
  const { problems } = await judgeDependencies(project.root, 1);
  return [...new Set(problems.map((problem) => problem.split(':')[0] ?? ''))];
}

describe('dependency rule', () => {
  it('accepts imports that follow the layers', async () => {
    const rules = await brokenRules({
      'packages/core/src/fleet/domain/pick.ts':
        "import type { TaskId } from '@quarterdeck/contract/ids'; export type A = TaskId;",
      'packages/core/src/fleet/claim.ts':
        "import { board } from '../board/index.ts'; import './domain/pick.ts'; export const a = board;",
      'packages/core/src/fleet/claim.test.ts':
        "import { openStore } from '@quarterdeck/store/open-store'; export const a = openStore;",
      'apps/server/src/main.ts':
        "import { openStore } from '@quarterdeck/store/open-store'; export const a = openStore;",
      'apps/web/src/main.tsx':
        "import { call } from '@quarterdeck/client/call'; export const A = () => <b>{call}</b>;",
    });
    expect(rules).toEqual([]);
  });

  it.each([
    ['contract-is-a-leaf', 'packages/contract/src/a.ts', "import '../../core/src/board/index.ts';"],
    ['contract-is-a-leaf', 'packages/contract/src/a.ts', "import 'node:fs';"],
    ['core-stays-pure', 'packages/core/src/board/a.ts', "import 'node:fs';"],
    ['adapters-are-composed', 'packages/core/src/board/a.ts', "import '@quarterdeck/store/open-store';"],
    ['domain-decides-alone', 'packages/core/src/fleet/domain/a.ts', "import '../../board/index.ts';"],
    ['feature-face', 'packages/core/src/fleet/a.ts', "import '../board/inside.ts';"],
    ['adapters-know-only-core', 'packages/store/src/a.ts', "import '@quarterdeck/client/call';"],
    ['clients-know-only-the-contract', 'apps/cli/src/a.ts', "import '@quarterdeck/core/board';"],
    ['adapters-are-composed', 'apps/web/src/a.ts', "import '@quarterdeck/store/open-store';"],
    ['client-knows-only-the-contract', 'packages/client/src/a.ts', "import '@quarterdeck/core/board';"],
    ['apps-are-apart', 'apps/server/src/a.ts', "import '../../runner/src/main.ts';"],
    ['no-testkit-in-product', 'apps/server/src/a.ts', "import '@quarterdeck/testkit/fake';"],
    ['no-testkit-in-product', 'apps/server/src/a.ts', "import './testing/fake-clock.ts';"],
    ['resolvable', 'apps/server/src/a.ts', "import './nowhere.ts';"],
  ])('%s is broken by %s with %s', async (rule, path, text) => {
    const rules = await brokenRules({
      'packages/core/src/board/inside.ts': 'export const inside = 1;',
      'apps/runner/src/main.ts': 'export const main = 1;',
      'apps/server/src/testing/fake-clock.ts': "import '@quarterdeck/testkit/fake'; export const clock = 1;",
      [path]: text,
    });
    expect(rules).toContain(rule);
  });

  it('finds a circle that only type imports close', async () => {
    const rules = await brokenRules({
      'packages/contract/src/a.ts': "import type { B } from './b.ts'; export type A = B | 1;",
      'packages/contract/src/b.ts': "import type { A } from './a.ts'; export type B = A | 2;",
    });
    expect(rules).toEqual(['no-cycles']);
  });

  it('reads files with using declarations, and the imports inside them', async () => {
    const rules = await brokenRules({
      'apps/server/src/a.ts':
        "await using store = await import('@quarterdeck/testkit/fake'); using b = store;",
      'apps/server/src/b.ts': 'for (using part of parts()) part.close();',
    });
    expect(rules).toEqual(['no-testkit-in-product']);
  });

  it('fails when it read fewer modules than there must be', async () => {
    using project = openProject({});
    const { problems } = await judgeDependencies(project.root, 20);
    expect(problems).toEqual([expect.stringContaining('only 5 TypeScript modules were read')]);
  });
});
