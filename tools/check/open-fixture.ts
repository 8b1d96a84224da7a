import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder with just these files, gone at the end of the test: `using folder = openFixture({ 'a.ts': '' })`. */
export interface Fixture extends Disposable {
  readonly root: string;
  /** Links our packages as npm workspaces do, so that `@quarterdeck/<name>` resolves. */
  readonly linkPackages: (...names: readonly string[]) => void;
}

/** Writes the files into a fresh temporary folder. */
export function openFixture(files: Readonly<Record<string, string>>): Fixture {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'quarterdeck-check-')));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return {
    root,
    linkPackages: (...names) => {
      mkdirSync(join(root, 'node_modules/@quarterdeck'), { recursive: true });
      for (const name of names) {
        symlinkSync(join(root, 'packages', name), join(root, 'node_modules/@quarterdeck', name), 'dir');
      }
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
