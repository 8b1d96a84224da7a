import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** @type {readonly NodeJS.Signals[]} */
const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGINT'];

/**
 * Runs a program on our terminal, passes signals on, and resolves to the exit code a shell would see.
 * @param {readonly [string, ...string[]]} command
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function runProgram([program, ...args], options = {}) {
  const child = spawn(program, args, { ...options, stdio: 'inherit' });
  for (const signal of FORWARDED) process.on(signal, () => shouldForward(signal) && child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(exitCode(code, signal)));
  });
}

/**
 * 128 + the signal's number for a program that a signal ended, as shells report it.
 * @param {number | null} code @param {NodeJS.Signals | null} signal
 */
export function exitCode(code, signal) {
  return code ?? 128 + (signal ? constants.signals[signal] : 1);
}

/**
 * Ctrl-C in a terminal reaches the program by itself; sending it again would look like a second Ctrl-C.
 * @param {NodeJS.Signals} signal
 */
function shouldForward(signal) {
  return signal !== 'SIGINT' || !process.stdin.isTTY;
}
