import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentUnderTest } from '../agents/agent-under-test.ts';

const PINS = join(import.meta.dirname, '..', 'pins');

/** One release of an agent, and what npm needs to install exactly that one. */
export interface Release {
  readonly version: string;
  /** Its folder in the cache: another release or another lock has another. */
  readonly folder: string;
  /** The files to install from: name → content. With a lockfile every byte is known beforehand. */
  readonly files: Readonly<Record<string, string>>;
}

/** The release that this checkout is tested with. */
export function pinnedRelease({ id, packageName }: AgentUnderTest): Release {
  const read = (name: string) => readFileSync(join(PINS, id, name), 'utf8');
  const files = { 'package.json': read('package.json'), 'package-lock.json': read('package-lock.json') };
  const { dependencies } = JSON.parse(files['package.json']);
  const version = String(dependencies[packageName]);
  const lock = createHash('sha256').update(files['package-lock.json']).digest('hex').slice(0, 8);
  return { version, folder: `${id}-${version}-${lock}`, files };
}

/** The release with this number, whatever else npm brings with it today. */
export function unpinnedRelease({ id, packageName }: AgentUnderTest, version: string): Release {
  const described = {
    name: `quarterdeck-agent-${id}`,
    private: true,
    dependencies: { [packageName]: version },
  };
  return { version, folder: `latest-${id}-${version}`, files: { 'package.json': JSON.stringify(described) } };
}
