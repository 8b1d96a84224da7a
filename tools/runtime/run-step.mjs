// Runs one slow preparation step with its output kept back: a person sees what happens and for how long,
// and the telling part of the output only when it fails.
import { spawn } from 'node:child_process';
import { Refusal } from './refusal.mjs';

const REPORT_EVERY_MS = process.stdout.isTTY ? 1_000 : 15_000;
const KEPT_LINES = 24;

/**
 * Runs a command to its end; refuses with what it said when it fails.
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
      `${label} failed after ${seconds()} s (${ended.reason}). It said:\n\n${tellingLines(ended.output, KEPT_LINES)}`,
    );
  }
  console.log(`${label}: done in ${seconds()} s`);
}

/**
 * The lines of a failed program's output worth reading: npm names the cause first and other programs last,
 * so of a long output both ends are kept.
 * @param {string} output @param {number} count
 */
export function tellingLines(output, count) {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('npm warn'));
  if (lines.length <= count) return lines.join('\n');
  const half = Math.floor(count / 2);
  return [...lines.slice(0, half), '…', ...lines.slice(half - count)].join('\n');
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
