import { expect, it } from 'vitest';
import { handedFiles } from './handed-files.ts';

const item = (name: string, change: object = {}) => ({
  kind: 'file',
  getAsFile: () => new File(['x'], name),
  ...change,
});
const transferOf = (...items: readonly object[]) => ({ items }) as unknown as DataTransfer;

it('K21: takes files, not text and folders', () => {
  const folder = item('src', { webkitGetAsEntry: () => ({ isDirectory: true }) });
  const handed = handedFiles(transferOf(item('a.png'), { kind: 'string', getAsFile: () => null }, folder));
  expect(handed.map(({ name }) => name)).toEqual(['a.png']);
  expect(handedFiles(null)).toEqual([]);
});

it('K21: gives pasted pictures names of their own', () => {
  const at = new Date(2026, 10, 21, 4, 5, 6);
  const names = handedFiles(transferOf(item('image.png'), item('plan.pdf')), at).map(({ name }) => name);
  expect(names).toEqual(['pasted 2026-11-21 04.05.06.png', 'plan.pdf']);
});
