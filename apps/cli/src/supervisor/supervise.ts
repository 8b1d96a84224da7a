import type { Terminal } from '../command/terminal.ts';
import { type KeptProgram, keepRunning, type Program, type RestartRules } from './keep-running.ts';

interface Supervision {
  readonly programs: readonly Program[];
  readonly rules: RestartRules;
  /** What a person is told when a program gives up. */
  readonly explain: (program: Program, code: number) => string;
}

/**
 * Keeps programs running until a signal asks to stop or one of them gives up; then all leave. Resolves to the exit code:
 * 0 after one signal, 130 after a second one, which ends everything at once, and the program's own code when it gave up.
 */
export async function supervise(
  terminal: Terminal,
  { programs, rules, explain }: Supervision,
): Promise<number> {
  const say = (text: string) => terminal.stderr.write(`${text}\n`);
  const onRestart = (name: string, death: string) => say(`The ${name} ${death}. Starting it again.`);
  const kept = programs.map((program) => ({ program, ...keepRunning({ rules, onRestart }, program) }));
  const signals = stopOnSignals(terminal, kept);
  let gaveUp = 0;
  const watch = async ({ program, over }: (typeof kept)[number]) => {
    const code = await over;
    if (code === 0 || gaveUp !== 0) return;
    gaveUp = code;
    say(explain(program, code));
    for (const each of kept) each.stop();
  };
  await Promise.all(kept.map(watch));
  signals.dispose();
  return gaveUp === 0 && signals.count() > 1 ? 130 : gaveUp;
}

function stopOnSignals({ signals, stderr }: Terminal, kept: readonly KeptProgram[]) {
  let count = 0;
  const onSignal = () => {
    count += 1;
    if (count === 1)
      stderr.write('Stopping. Agents finish on their own; press Ctrl-C again to end at once.\n');
    for (const each of kept) {
      if (count === 1) each.stop();
      else each.kill();
    }
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) signals.on(name, onSignal);
  return {
    count: () => count,
    dispose: () => {
      for (const name of names) signals.off(name, onSignal);
    },
  };
}
