import { gitLine } from './git.ts';

/** Settings that make a commit possible: none when the person has a name and an address, else Quarterdeck's own. */
export async function authorSettings(cwd: string): Promise<readonly string[]> {
  const [name, email] = await Promise.all([
    gitLine(cwd, ['config', '--get', 'user.name']),
    gitLine(cwd, ['config', '--get', 'user.email']),
  ]);
  if (name && email) return [];
  return ['-c', 'user.name=Quarterdeck', '-c', 'user.email=quarterdeck@localhost'];
}
