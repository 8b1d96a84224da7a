import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The opencode release the tests and the reporter plugin are pinned to. */
export const OPENCODE_VERSION = '1.18.33';

/**
 * Path of the real opencode program that npm installed for this machine, or undefined where none is.
 * Taken from the platform package, so it does not need opencode-ai's postinstall script to have run.
 */
export function opencodeBinary(
  platform: string = process.platform,
  arch: string = process.arch,
): string | undefined {
  const executable = platform === 'win32' ? 'opencode.exe' : 'opencode';
  const name = platform === 'win32' ? 'windows' : platform;
  const packages = [
    `opencode-${name}-${arch}`,
    `opencode-${name}-${arch}-musl`,
    `opencode-${name}-${arch}-baseline`,
  ];
  return packages.map((folder) => installedAt(folder, executable)).find((path) => path !== undefined);
}

function installedAt(packageName: string, executable: string): string | undefined {
  const searched = createRequire(import.meta.url).resolve.paths(packageName) ?? [];
  return searched
    .map((nodeModules) => join(nodeModules, packageName, 'bin', executable))
    .find((path) => existsSync(path));
}
