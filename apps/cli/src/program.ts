import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { Context, GlobalOptions, Outcome } from './command/context.ts';
import type { Terminal } from './command/terminal.ts';
import { COMMANDS, NOUNS } from './commands.ts';

export type Perform = (options: GlobalOptions, run: (context: Context) => Promise<Outcome>) => Promise<void>;

/** The whole program as commander sees it; `perform` carries out the command that was named. */
export function buildProgram(terminal: Terminal, perform: Perform): Command {
  const program = new Command('quarterdeck')
    .description('A control plane for fleets of coding agents.')
    .version(manifest.version, '--version', 'print the version')
    .option('--json', 'print the reply as JSON; streams as one JSON object per line')
    .option('--url <url>', 'the server, instead of QUARTERDECK_URL or http://127.0.0.1:4700')
    .helpOption('-h, --help', 'show help')
    .addHelpText('after', PROGRAM_HELP);
  settle(program, terminal);
  const nouns = new Map<string, Command>();
  for (const [path, command] of Object.entries(COMMANDS)) {
    const [noun = '', verb] = path.split(' ');
    const parent = verb === undefined ? program : nounOf(program, nouns, noun);
    const attached = parent.command(verb ?? noun);
    command.attach(attached, (run) => perform(program.opts<GlobalOptions>(), run));
  }
  return program;
}

function nounOf(program: Command, nouns: Map<string, Command>, noun: string): Command {
  const known = nouns.get(noun);
  if (known) return known;
  const made = program.command(noun).description(NOUNS[noun] ?? noun);
  nouns.set(noun, made);
  return made;
}

/** Subcommands inherit these, so they have to be set before the first one is added. */
function settle(program: Command, { stdout, stderr }: Terminal): void {
  program
    .exitOverride()
    .showHelpAfterError('(add --help for usage)')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, '✕ ')),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    });
}

const PROGRAM_HELP = `
Environment:
  QUARTERDECK_URL     the server; or QUARTERDECK_HOST and QUARTERDECK_PORT
  QUARTERDECK_TOKEN   who you are; on this machine it is read from <home>/owner-token
  QUARTERDECK_HOME    the home folder, ~/.quarterdeck when unset
  NO_COLOR            no colours

Exit codes:
  0 done   1 failed   2 wrong use   3 not found   4 not allowed   5 conflict   6 try again later

Examples:
  $ quarterdeck up
  $ quarterdeck task create "Fix the flaky test" --assignee opencode
  $ quarterdeck task watch t_1a2b`;
