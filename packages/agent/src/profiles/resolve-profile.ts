import { extendProfile } from './extend-profile.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Longest chain of profiles that extend one another. */
const MAX_CHAIN = 8;

/** What profiles there are by id: those of the person shadow built-in ones. */
export interface ProfileSources {
  readonly own: ReadonlyMap<string, Fields>;
  readonly builtin: ReadonlyMap<string, Fields>;
}

export type Resolved = { readonly fields: Fields } | { readonly fields: null; readonly reason: string };

/**
 * The fields of a person's profile with everything it extends. One that extends its own id means the built-in of that id. Unknown
 * parents, circles and chains that are too long are reasons, not errors.
 */
export function resolveProfile(fields: Fields, sources: ProfileSources): Resolved {
  const chain: Fields[] = [fields];
  const seen = [nameOf(fields)];
  for (let top = fields; top['extends'] !== undefined && top['extends'] !== null; ) {
    const wanted = top['extends'];
    if (typeof wanted !== 'string') return problem('extends must be the id of a profile, such as "claude"');
    const isSelf = wanted === nameOf(top);
    const parent = isSelf
      ? sources.builtin.get(wanted)
      : (sources.own.get(wanted) ?? sources.builtin.get(wanted));
    if (parent === undefined) return problem(unknownParent(wanted, isSelf, sources));
    const isBuiltin = parent === sources.builtin.get(wanted);
    if (!isBuiltin && seen.includes(wanted))
      return problem(`it extends itself in a circle: ${[...seen, wanted].join(' → ')}`);
    chain.push(parent);
    seen.push(wanted);
    if (chain.length > MAX_CHAIN)
      return problem(
        `it extends more than ${MAX_CHAIN - 1} profiles, one over the other: ${seen.join(' → ')}`,
      );
    top = parent;
  }
  const [base = fields, ...over] = chain.toReversed();
  return { fields: over.reduce((parent, child) => extendProfile(parent, child), withoutExtends(base)) };
}

function problem(reason: string): Resolved {
  return { fields: null, reason };
}

function unknownParent(wanted: string, isSelf: boolean, { own, builtin }: ProfileSources): string {
  const known = [...new Set([...builtin.keys(), ...own.keys()])].join(', ');
  return isSelf
    ? `it extends itself, "${wanted}", and there is no built-in profile of that name; built in are: ${[...builtin.keys()].join(', ')}`
    : `it extends "${wanted}", which does not exist; there are: ${known}`;
}

function nameOf(fields: Fields): unknown {
  return fields['id'];
}

function withoutExtends({ extends: _, ...rest }: Fields): Fields {
  return rest;
}
