import type { ExecFileException } from 'node:child_process';
import { execFile } from 'node:child_process';
import { FIXED_SETTINGS } from './git-settings.ts';

export interface GitAnswer {
  /** Exit code; null when git could not be started, was killed, or said more than `maxBytes`. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly isCut: boolean;
}

/** Where git works: the folder it starts in, and the variables that say which git folder, files and index it uses. */
export interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

interface GitOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  /** `latin1` carries names of files unchanged that are no valid UTF-8. */
  readonly encoding?: 'utf8' | 'latin1';
}

/**
 * Runs git at a place without a shell, prompt, hook, signature, pager or network. A failing git is an answer, not an exception.
 * Which repository, settings and identity it takes is said by the place alone.
 */
export function git(place: Place, args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
  const encoding = options.encoding ?? 'utf8';
  return new Promise((resolve) => {
    const child = execFile(
      'git',
      [...FIXED_SETTINGS, ...args],
      {
        cwd: place.cwd,
        env: { ...plainEnvironment(process.env), ...SAFE_VARIABLES, ...place.env, ...options.env },
        encoding,
        maxBuffer: options.maxBytes ?? 256 * 1024 * 1024,
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
    child.stdin?.end(options.input ?? '', encoding);
  });
}

/** One trimmed line of output, or null when git refused. */
export async function gitLine(place: Place, args: readonly string[]): Promise<string | null> {
  const answer = await git(place, args);
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

// Our own variables may hold keys; those of git would point it at another repository or index when we are started inside a hook.
function plainEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => name === 'GIT_EXEC_PATH' || !/^(GIT_|QUARTERDECK_)/.test(name)),
  );
}

const SAFE_VARIABLES = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_EDITOR: 'true',
  GIT_PAGER: 'cat',
  // An object that is missing must not start a fetch: what it runs stands in the repository's settings. Older gits know only the last.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_ATTR_NOSYSTEM: '1',
  // A filter written in Python would import modules of the workspace it is started in.
  PYTHONSAFEPATH: '1',
  LC_ALL: 'C.UTF-8',
  LANGUAGE: 'C',
};
