import { type GitAnswer, git } from '@quarterdeck/agent/workspace/git';

/** git, bound to look only: objects that are missing are not fetched, whatever the repository says, and bare ones may be looked at. */
export function look(folder: string, args: readonly string[], input = ''): Promise<GitAnswer> {
  return git(folder, ['-c', 'safe.bareRepository=all', ...args], {
    env: { GIT_ALLOW_PROTOCOL: 'none', GIT_NO_LAZY_FETCH: '1', GIT_NO_REPLACE_OBJECTS: '1' },
    timeoutMs: 20_000,
    input,
  });
}
