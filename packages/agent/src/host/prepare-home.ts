import { access, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { fillIn } from './agent-env.ts';
import type { HostSpec } from './spec.ts';

/** Makes the agent's own home: its XDG folders, the profile's files, and links to the person's sign-in files that exist. */
export async function prepareHome(spec: HostSpec): Promise<void> {
  const { agentHome, personHome, profile } = spec;
  for (const folder of ['.config', '.local/share', '.local/state', '.cache']) {
    await mkdir(join(agentHome, folder), { recursive: true, mode: 0o700 });
  }
  for (const [path, content] of Object.entries(profile.files)) {
    const target = await placeIn(agentHome, path);
    // A trailing slash asks for an empty folder.
    if (path.endsWith('/')) await mkdir(target, { recursive: true, mode: 0o700 });
    else await writeFile(target, fillIn(content, spec), { mode: 0o600 });
  }
  for (const path of profile.link) {
    const source = join(personHome, path);
    if (await exists(source)) await linkOnce(source, await placeIn(agentHome, path));
  }
}

async function placeIn(home: string, path: string): Promise<string> {
  if (isAbsolute(path) || normalize(path).startsWith('..')) {
    throw new Error(
      `The profile names the file ${path}, which is not below the agent's home. Correct the profile.`,
    );
  }
  const target = join(home, path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  return target;
}

async function linkOnce(source: string, target: string): Promise<void> {
  await symlink(source, target).catch((error: NodeJS.ErrnoException) => {
    // The home is kept between runs of an agent, and may hold the link already.
    if (error.code !== 'EEXIST') throw error;
  });
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
