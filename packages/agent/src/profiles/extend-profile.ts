type Fields = Readonly<Record<string, unknown>>;

/** Lists that an extending profile adds to; the others it replaces. */
const ADDED = new Set([
  'passEnv',
  'passEnvFrom',
  'link',
  'copy',
  'detect.signInFiles',
  'detect.signInEnv',
  'detect.logins',
]);
/** Of their keys the parent keeps those that are not named. */
const MERGED = new Set([
  'env',
  'files',
  'requests',
  'sessionMeta',
  'quirks',
  'detect',
  'takesModel',
  'takesEffort',
]);

/**
 * A profile as it is written over another one: single values replace, `env`, `files`, `options` and other groups are merged by key,
 * lists of what is passed on, linked or counts as a sign-in grow, and `null` takes a key away.
 */
export function extendProfile(parent: Fields, child: Fields): Fields {
  const { extends: _, ...own } = child;
  return merge(parent, own, '');
}

function merge(parent: Fields, child: Fields, at: string): Fields {
  const merged: Record<string, unknown> = { ...parent };
  for (const [key, value] of Object.entries(child)) {
    const path = at === '' ? key : `${at}.${key}`;
    if (value === null) delete merged[key];
    else merged[key] = join(merged[key], value, path);
  }
  return merged;
}

function join(before: unknown, value: unknown, path: string): unknown {
  if (path === 'options') return joinOptions(before, value);
  if (ADDED.has(path) && Array.isArray(before) && Array.isArray(value))
    return [...new Set([...before, ...value])];
  const isGroup = MERGED.has(path.split('.')[0] ?? '');
  return isGroup && isFields(before) && isFields(value) ? merge(before, value, path) : value;
}

/** By their id; one whose value is null goes. A value that is no list is left for the schema to refuse. */
function joinOptions(before: unknown, value: unknown): unknown {
  if (!Array.isArray(before) || !Array.isArray(value)) return value;
  const named = new Set(value.map(idOf));
  const kept = before.filter((option) => !named.has(idOf(option)));
  return [...kept, ...value.filter((option) => !isFields(option) || option['value'] !== null)];
}

function idOf(option: unknown): unknown {
  return isFields(option) ? option['id'] : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
