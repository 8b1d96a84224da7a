import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import type { Context, Outcome } from './context.ts';

export interface ArgumentSpec {
  readonly about: string;
  readonly isOptional?: true;
  /** Takes all words that are left, joined by spaces. */
  readonly takesRest?: true;
  /** Takes all words that are left, each on its own. */
  readonly takesMany?: true;
}

type SwitchSpec = { readonly kind: 'flag' | 'on'; readonly about: string };
type ChoiceSpec = { readonly kind: 'choice'; readonly choices: readonly string[]; readonly about: string };
type ValueSpec = {
  readonly kind: 'text' | 'number' | 'list';
  readonly value: string;
  readonly about: string;
  /** One letter. */
  readonly short?: string;
};
type OptionSpec = SwitchSpec | ChoiceSpec | ValueSpec;

/** `--name <value>`. */
export function text(value: string, about: string) {
  return { kind: 'text', value, about } as const;
}
/** `-n, --name <value>`. */
export function shortText(short: string, value: string, about: string) {
  return { kind: 'text', value, about, short } as const;
}
/** `--name <value>` with a whole number. */
export function number(value: string, about: string) {
  return { kind: 'number', value, about } as const;
}
/** `--name <value...>`, which may also be repeated. */
export function list(value: string, about: string) {
  return { kind: 'list', value, about } as const;
}
/** `--name`. */
export function flag(about: string) {
  return { kind: 'flag', about } as const;
}
/** `--no-name`: on unless it is switched off. */
export function on(about: string) {
  return { kind: 'on', about } as const;
}
/** `--name <one of the choices>`. */
export function choice<const C extends readonly string[]>(choices: C, about: string) {
  return { kind: 'choice', choices, about } as const;
}

type OptionValue<S extends OptionSpec> = S extends { kind: 'flag' | 'on' }
  ? boolean
  : S extends { kind: 'number' }
    ? number | undefined
    : S extends { kind: 'list' }
      ? readonly string[]
      : S extends { kind: 'choice'; choices: infer C extends readonly string[] }
        ? C[number] | undefined
        : string | undefined;
type ArgumentValue<S extends ArgumentSpec> = S extends { takesMany: true }
  ? readonly string[]
  : S extends { isOptional: true }
    ? string | undefined
    : string;

export interface CommandInput<A, O> {
  readonly args: { readonly [K in keyof A]: A[K] extends ArgumentSpec ? ArgumentValue<A[K]> : never };
  readonly options: { readonly [K in keyof O]: O[K] extends OptionSpec ? OptionValue<O[K]> : never };
}

interface CommandSpec<A, O> {
  readonly summary: string;
  /** Shown below the options in the help. */
  readonly detail?: string;
  /** Whole command lines. */
  readonly examples: readonly string[];
  readonly arguments?: A;
  /** By name in camelCase; the flag is spelled with dashes. */
  readonly options?: O;
  /** Words that begin with a dash and are no option are arguments. */
  readonly takesDashes?: true;
  readonly run: (context: Context, input: CommandInput<A, O>) => Promise<Outcome>;
}

type Perform = (run: (context: Context) => Promise<Outcome>) => Promise<void>;

/** A command that can be hung into the program. */
export interface CliCommand {
  readonly summary: string;
  readonly attach: (command: Command, perform: Perform) => void;
}

/** Describes one command; the types of its arguments and options follow from the description. */
export function defineCommand<
  const A extends Readonly<Record<string, ArgumentSpec>> = Record<never, never>,
  const O extends Readonly<Record<string, OptionSpec>> = Record<never, never>,
>(spec: CommandSpec<A, O>): CliCommand {
  return {
    summary: spec.summary,
    attach: (command, perform) => {
      command.description(spec.summary).allowUnknownOption(spec.takesDashes ?? false);
      for (const [name, argument] of Object.entries(spec.arguments ?? {})) {
        command.addArgument(toArgument(name, argument));
      }
      for (const [name, option] of Object.entries(spec.options ?? {}))
        command.addOption(toOption(name, option));
      command.addHelpText('after', helpAfter(spec));
      command.action(async (...given: unknown[]) => {
        const input = {
          args: readArguments(spec.arguments ?? {}, given),
          options: readOptions(spec.options ?? {}, command),
        };
        await perform((context) => spec.run(context, input as CommandInput<A, O>));
      });
    },
  };
}

function toArgument(name: string, { about, isOptional, takesRest, takesMany }: ArgumentSpec): Argument {
  const shown = `${dashed(name)}${takesRest || takesMany ? '...' : ''}`;
  return new Argument(isOptional ? `[${shown}]` : `<${shown}>`, about);
}

function toOption(name: string, spec: OptionSpec): Option {
  const flagName = `--${spec.kind === 'on' ? 'no-' : ''}${dashed(name)}`;
  if ('choices' in spec) {
    return new Option(`${flagName} <${spec.choices.join('|')}>`, spec.about).choices(spec.choices);
  }
  if (!('value' in spec)) return new Option(flagName, spec.about);
  const value = spec.kind === 'list' ? spec.value.replace('>', '...>') : spec.value;
  const option = new Option(`${spec.short ? `-${spec.short}, ` : ''}${flagName} ${value}`, spec.about);
  return spec.kind === 'number' ? option.argParser(wholeNumber) : option;
}

function wholeNumber(text: string): number {
  if (!/^-?\d+$/.test(text)) throw new InvalidArgumentError('It has to be a whole number.');
  return Number(text);
}

function readArguments(
  specs: Readonly<Record<string, ArgumentSpec>>,
  given: readonly unknown[],
): Record<string, unknown> {
  const read = (spec: ArgumentSpec, value: unknown) =>
    Array.isArray(value) && !spec.takesMany ? value.join(' ') : value;
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec], index) => [name, read(spec, given[index])]),
  );
}

function readOptions(specs: Readonly<Record<string, OptionSpec>>, command: Command): Record<string, unknown> {
  const fallback = (spec: OptionSpec) =>
    spec.kind === 'flag' ? false : spec.kind === 'list' ? [] : undefined;
  const given = command.opts();
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, given[name] ?? fallback(spec)]),
  );
}

function helpAfter({
  detail,
  examples,
}: {
  readonly detail?: string;
  readonly examples: readonly string[];
}): string {
  const shown = examples.map((example) => `  $ ${example}`).join('\n');
  return `${detail ? `\n${detail}\n` : ''}\nExamples:\n${shown}`;
}

function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
