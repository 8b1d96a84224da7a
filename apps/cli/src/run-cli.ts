import { refuse } from '@quarterdeck/contract/refuse';
import { CommanderError } from 'commander';
import { createContext, type Outcome } from './command/context.ts';
import type { Terminal } from './command/terminal.ts';
import { reportRefusal } from './output/report-refusal.ts';
import { buildProgram } from './program.ts';

const USAGE = 2;
const ASKED_FOR = ['commander.helpDisplayed', 'commander.version'];

/** Runs one command line (without the program's name) and resolves to the exit code. A bug rejects. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = buildProgram(terminal, async (options, run) => {
    const context = createContext(terminal, options);
    const { url } = context.place;
    const outcome: Outcome = URL.canParse(url)
      ? await run(context)
      : refuse('invalid_input', { reason: `"${url}" is no address; write it like http://127.0.0.1:4700` });
    exitCode = typeof outcome === 'number' ? outcome : reportRefusal(context, outcome.refusal);
  });
  if (args.length === 0) {
    program.outputHelp();
    return 0;
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return ASKED_FOR.includes(error.code) ? 0 : USAGE;
    throw error;
  }
  return exitCode;
}
