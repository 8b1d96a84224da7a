import type { ExecFileException } from 'node:child_process';
import { execFile } from 'node:child_process';

export interface GitAnswer {
  /** Exit code; null when git could not be started, was killed, or said more than `maxBytes`. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly isCut: boolean;
}

interface GitOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
}

// Hooks and the file monitor are commands that an agent can write into the shared configuration: we never run them.
const SAFE_SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.quotePath=false',
  'commit.gpgSign=false',
  'tag.gpgSign=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'advice.detachedHead=false',
].flatMap((setting) => ['-c', setting]);

// Set when we are started from inside somebody's hook; they would point git at another repository.
const REPOSITORY_VARIABLES = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_EXTERNAL_DIFF',
  'GIT_CONFIG',
  'GIT_CONFIG_PARAMETERS',
  'GIT_CONFIG_COUNT',
]);

/** Runs git in a folder without a shell, prompt, hook, signature or pager. A failing git is an answer, not an exception. */
export function git(cwd: string, args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
  return new Promise((resolve) => {
    const child = execFile(
      'git',
      [...SAFE_SETTINGS, ...args],
      {
        cwd,
        env: { ...gitEnvironment(process.env), ...options.env },
        encoding: 'utf8',
        maxBuffer: options.maxBytes ?? 64 * 1024 * 1024,
        timeout: options.timeoutMs ?? 5 * 60_000,
        killSignal: 'SIGKILL',
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
        const isCut = error !== null && String(error.code) === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER';
        resolve({ code, stdout, stderr: stderr || startFailure(error), isCut });
      },
    );
    // git may leave before it has read everything; its exit code tells.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });
}

/** One trimmed line of output, or null when git refused. */
export async function gitLine(cwd: string, args: readonly string[]): Promise<string | null> {
  const answer = await git(cwd, args);
  return answer.code === 0 ? answer.stdout.replace(/\r?\n$/, '') : null;
}

/** The paths of a NUL-separated answer. */
export function splitPaths(text: string): readonly string[] {
  return text.split('\0').filter((path) => path !== '');
}

/** What git said, in one line for a person. */
export function gitReason(answer: GitAnswer): string {
  const lines = `${answer.stderr}\n${answer.stdout}`.split('\n').map((line) => line.trim());
  const telling = lines.filter(
    (line) => line !== '' && !line.startsWith('hint:') && !/^Preparing /.test(line),
  );
  return (telling.find((line) => /^(fatal|error):/.test(line)) ?? telling[0] ?? 'git was killed').slice(
    0,
    400,
  );
}

function startFailure(error: ExecFileException | null): string {
  if (error === null || typeof error.code === 'number') return '';
  if (String(error.code) === 'ENOENT') return 'git is not installed on this machine, or the folder is gone';
  return error.killed === true ? 'git took too long and was stopped' : error.message;
}

function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !REPOSITORY_VARIABLES.has(name));
  return {
    ...Object.fromEntries(kept),
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_EDITOR: 'true',
    GIT_PAGER: 'cat',
    LC_ALL: 'C.UTF-8',
    LANGUAGE: 'C',
  };
}
