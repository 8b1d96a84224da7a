import { type GitAnswer, git } from '@quarterdeck/agent/workspace/git';
import { personFiles } from '@quarterdeck/agent/workspace/repository';

/** git, bound to look only: objects that are missing are not fetched, whatever the repository says, and bare ones may be looked at. */
export function look(folder: string, args: readonly string[], input = ''): Promise<GitAnswer> {
  const place = { cwd: folder, env: personFiles() };
  return git(place, ['-c', 'safe.bareRepository=all', ...args], { timeoutMs: 20_000, input });
}
