// Runs one slow preparation step with its output kept back: a person sees what happens and for how long,
// and the last lines of the output only when it fails.
import { spawn } from 'node:child_process';
import { Refusal } from './refusal.mjs';

const REPORT_EVERY_MS = process.stdout.isTTY ? 1_000 : 15_000;
const KEPT_LINES = 25;

/**
 * Runs a command to its end; refuses with its last lines when it fails.
 * @param {string} label what is happening, in plain words
 * @param {readonly [string, ...string[]]} command
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 */
export async function runStep(label, [program, ...args], options) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(`${label} …\n`);
  const ticker = setInterval(() => showElapsed(label, seconds()), REPORT_EVERY_MS);
  const ended = await collect(spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }));
  clearInterval(ticker);
  clearElapsed();
  if (ended.code !== 0) {
    throw new Refusal(
      `${label} failed after ${seconds()} s (${ended.reason}). The last lines were:\n\n${lastLines(ended.output, KEPT_LINES)}`,
    );
  }
  console.log(`${label}: done in ${seconds()} s`);
}

/**
 * The last non-empty lines of a program's output.
 * @param {string} output @param {number} count
 */
export function lastLines(output, count) {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.slice(-count).join('\n');
}

/** @param {string} label @param {number} seconds */
function showElapsed(label, seconds) {
  if (process.stdout.isTTY) process.stdout.write(`\r  ${seconds} s`);
  else console.log(`${label} … ${seconds} s so far`);
}

function clearElapsed() {
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ code: number, reason: string, output: string }>}
 */
function collect(child) {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-200_000);
    });
  }
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, reason: error.message, output }));
    child.once('close', (code, signal) =>
      resolve({ code: code ?? 1, reason: signal ?? `exit code ${code}`, output }),
    );
  });
}
