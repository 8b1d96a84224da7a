import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJsonc } from '../profiles/parse-jsonc.ts';

type Fields = Readonly<Record<string, unknown>>;
/** What to do by pattern of the command, path or address; the last that matches counts. */
type Rule = string | Readonly<Record<string, string>>;

/** Where opencode looks for a person's settings, below the home; a later file wins. */
const SETTINGS = ['config.json', 'opencode.json', 'opencode.jsonc'].map((name) => `.config/opencode/${name}`);

/** What opencode would do without asking, or as a person's or a repository's settings say. */
const ASKED = ['bash', 'edit', 'webfetch', 'websearch', 'external_directory', 'doom_loop', 'skill'];

/** Helpers that come with opencode and ask as it does itself. Who knows what one from a repository may do: its start is asked about. */
const HELPERS = { '*': 'ask', general: 'allow', explore: 'allow' };

/**
 * Variables that make an opencode ask before it does something. They count after everything that a repository can say, and what the
 * person denies stays denied: a denial is stricter than a question.
 */
export async function opencodePermission(home: string): Promise<Readonly<Record<string, string>>> {
  const person = await Promise.all(SETTINGS.map((path) => readSettings(join(home, path))));
  const general = person.flatMap(saidIn);
  // Settings of an agent or mode count after the general ones, so the built-in ones are told the same.
  const told = (group: string, names: readonly string[]) =>
    Object.fromEntries(
      names.map((name) => {
        const own = person.flatMap((settings) => saidIn(fieldsOf(fieldsOf(settings[group])[name])));
        return [name, { permission: askingFor([...general, ...own]) }];
      }),
    );
  const task = ruleFor('task', general, HELPERS);
  return {
    OPENCODE_PERMISSION: JSON.stringify({ ...askingFor(general), task }),
    OPENCODE_CONFIG_CONTENT: JSON.stringify({
      agent: told('agent', ['build', 'plan', 'general', 'explore']),
      mode: told('mode', ['build', 'plan']),
    }),
  };
}

/** What settings say of permissions, in the order in which it counts: old switches of tools first. */
function saidIn({ permission, tools }: Fields): readonly (readonly [key: string, value: unknown])[] {
  const switched = Object.entries(fieldsOf(tools)).filter(([, isOn]) => isOn === false);
  return [
    ...switched.map(([tool]) => [isEdit(tool) ? 'edit' : tool, 'deny'] as const),
    ...(typeof permission === 'string' ? [['*', permission] as const] : Object.entries(fieldsOf(permission))),
  ];
}

function isEdit(tool: string): boolean {
  return tool === 'write' || tool === 'patch';
}

type Said = ReturnType<typeof saidIn>;

function askingFor(said: Said): Readonly<Record<string, Rule>> {
  return Object.fromEntries(ASKED.map((key) => [key, ruleFor(key, said, { '*': 'ask' })]));
}

/** The rule of a person with every "allow" turned into a question, on top of what is asked anyway. */
function ruleFor(key: string, said: Said, first: Readonly<Record<string, string>>): Rule {
  const rule = new Map(Object.entries(first));
  const own = said.filter(([name]) => name === key || name === '*').flatMap(([, value]) => patternsIn(value));
  // A general "allow" says nothing of its own; put last it would take back what comes before it.
  for (const [pattern, action] of own.filter(([name, does]) => name !== '*' || does === 'deny')) {
    rule.delete(pattern);
    rule.set(pattern, action === 'deny' ? 'deny' : 'ask');
  }
  const [only, ...more] = rule;
  return only?.[0] === '*' && more.length === 0 ? only[1] : Object.fromEntries(rule);
}

function patternsIn(value: unknown): readonly (readonly [pattern: string, action: unknown])[] {
  return typeof value === 'string' ? [['*', value]] : Object.entries(fieldsOf(value));
}

async function readSettings(path: string): Promise<Fields> {
  try {
    return fieldsOf(parseJsonc(await readFile(path, 'utf8')));
  } catch {
    // Not there, or not to be read: opencode says so itself, and asking is the stricter of what is left.
    return {};
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
