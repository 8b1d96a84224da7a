// `npm run bench -- NAME … [--option value]` runs the named scenarios, or all of them, each in a process of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { tableText } from './harness/print-table.ts';
import type { Outcome, Scenario, Settings, Verdict } from './harness/scenario.ts';
import { SCENARIOS } from './scenarios.ts';

const { names, options } = readArguments(process.argv.slice(2));
const chosen = SCENARIOS.filter(
  ({ id, name }) => names.length === 0 || names.includes(name) || names.includes(id.toLowerCase()),
);
const [only] = chosen;
if (!only || chosen.length < names.length) {
  console.error(`Choose from: ${SCENARIOS.map(({ id, name }) => `${name} (${id})`).join(', ')}`);
  process.exitCode = 2;
} else if (chosen.length === 1) {
  process.exitCode = await runScenario(only);
} else {
  for (const { name } of chosen) if (!(await runApart(name))) process.exitCode = 1;
}

async function runApart(name: string): Promise<boolean> {
  const given = process.argv.slice(2).filter((argument) => !names.includes(argument.toLowerCase()));
  const child = spawn(process.execPath, [import.meta.filename, name, ...given], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code === 0;
}

async function runScenario({ id, name, summary, run }: Scenario): Promise<number> {
  console.log(`${id} ${name}: ${summary}`);
  console.log(`machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, load ${loadText()} before\n`);
  const startedAt = performance.now();
  const outcome = await run(settings(), (progress) => console.error(`  … ${progress}`));
  for (const table of outcome.tables) console.log(`\n${tableText(table)}`);
  console.log(`\n${tableText(verdictTable(outcome.verdicts))}`);
  const faults = Object.entries(outcome.faults).filter(([, count]) => count > 0);
  const checked = Object.keys(outcome.faults).join(', ');
  if (faults.length === 0) console.log(`\ncorrect: 0 ${checked}`);
  for (const [kind, count] of faults) console.error(`\nFAILED: ${count} ${kind}`);
  console.log(`took ${((performance.now() - startedAt) / 1000).toFixed(1)} s, load ${loadText()} after\n`);
  await save(`${id.toLowerCase()}-${name}`, outcome);
  return faults.length === 0 ? 0 : 1;
}

async function save(file: string, outcome: Outcome): Promise<void> {
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  const record = {
    at: new Date().toISOString(),
    node: process.version,
    options,
    load: loadavg(),
    ...outcome,
  };
  await writeFile(join(folder, `${file}.json`), `${JSON.stringify(record, null, 2)}\n`);
}

function verdictTable(verdicts: readonly Verdict[]) {
  return {
    title: 'targets',
    columns: ['what', 'target', 'seen', ''],
    rows: verdicts.map(({ what, target, seen, isMet }) => [what, target, seen, isMet ? 'met' : 'MISSED']),
  };
}

function readArguments(args: readonly string[]) {
  const words: string[] = [];
  const given: Record<string, string> = {};
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at] ?? '';
    const next = args[at + 1];
    if (!argument.startsWith('--')) words.push(argument.toLowerCase());
    else if (next === undefined || next.startsWith('--')) given[argument.slice(2)] = '';
    else {
      given[argument.slice(2)] = next;
      at += 1;
    }
  }
  return { names: words, options: given };
}

function settings(): Settings {
  return {
    has: (option) => Object.hasOwn(options, option),
    number(option, otherwise) {
      const text = options[option];
      if (text === undefined) return otherwise;
      const value = Number(text);
      if (!Number.isFinite(value) || text === '')
        throw new Error(`--${option} needs a number, not "${text}"`);
      return value;
    },
  };
}

function loadText(): string {
  return loadavg()[0]?.toFixed(1) ?? '';
}
