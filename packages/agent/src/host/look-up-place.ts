import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NamedPlace } from '@quarterdeck/contract/proposal';
import type { LookUp } from '../acp/named-paths.ts';
import { canReachLink, isOddGlob } from './glob-links.ts';
import type { HostSpec } from './spec.ts';

const MAX_LINKS = 40;
const MAX_PATH = 4096;
const MAX_SEGMENTS = 256;
const MAX_STEPS = 1024;
/** All paths of a request together may take this long to look at; then a person is asked. */
const MAX_LOOK_MS = 400;
const GLOB = /[*?[\]{}]/;

/** Where an agent works: its workspace, and the folder in it where it starts and from where it names files. */
export interface Ground {
  readonly workspacePath: string;
  readonly subfolder: string;
}

/** The ground of a run whose agent starts in a folder of a larger repository, or at the top of its workspace. */
export function groundOf({ order, workspacePath }: Pick<HostSpec, 'order' | 'workspacePath'>): Ground {
  const subfolder = order.workspace.kind === 'worktree' ? (order.project.subfolder ?? '') : '';
  const end = `${sep}${subfolder}`;
  return subfolder !== '' && workspacePath.endsWith(end)
    ? { workspacePath: workspacePath.slice(0, -end.length), subfolder }
    : { workspacePath, subfolder: '' };
}

/** Looks up the paths of one request. The host does nothing else meanwhile, so what takes too long counts as elsewhere. */
export function lookUpForAWhile(ground: Ground, now: () => number = () => performance.now()): LookUp {
  const end = now() + MAX_LOOK_MS;
  return (path) => (now() > end ? [{ path: path.slice(0, 1000), inside: null }] : lookUpPlace(ground, path));
}

/**
 * Where a path that an agent names leads, with every link followed as the system would follow it: below the workspace, or null for
 * anywhere else and for whatever is not certain. Two entries when spelling and links lead to two places inside. A link that is made
 * after this look is the sandbox's business.
 */
export function lookUpPlace({ workspacePath, subfolder }: Ground, path: string): readonly NamedPlace[] {
  const shown = path.slice(0, 1000);
  const spelled = insideAsSpelled({ workspacePath, subfolder }, path);
  if (spelled === null || spelled.length > MAX_SEGMENTS) return [{ path: shown, inside: null }];
  const ways = [normal(spelled), spelled].map((segments) =>
    segments === null ? null : follow(workspacePath, segments),
  );
  const [inside, asWalked] = ways;
  if (inside == null || inside !== asWalked || isUncertainPattern(workspacePath, spelled))
    return [{ path: shown, inside: null }];
  const plain = normal(spelled)?.join('/') ?? '';
  const places = plain === inside ? [inside] : [inside, plain];
  return places.map((place) => ({ path: shown, inside: place }));
}

/** A pattern names whatever it matches, so a link that it can reach may be meant. */
function isUncertainPattern(workspacePath: string, segments: readonly string[]): boolean {
  const first = segments.findIndex((segment) => GLOB.test(segment));
  if (first < 0) return false;
  const before = follow(workspacePath, segments.slice(0, first));
  return before === null || canReachLink(join(workspacePath, before), segments.slice(first));
}

/** The segments below the workspace, `..` not yet resolved; null when the spelling leads elsewhere. */
function insideAsSpelled({ workspacePath, subfolder }: Ground, path: string): readonly string[] | null {
  const plain = plainPath(path);
  if (plain === null) return null;
  if (!isAbsolute(plain)) return segmentsOf(`${subfolder}/${plain}`);
  const roots = [workspacePath, realOf(workspacePath)];
  for (const root of roots) {
    if (root === null) continue;
    if (plain === root || plain.startsWith(root.endsWith(sep) ? root : `${root}${sep}`))
      return segmentsOf(plain.slice(root.length));
    const below = relative(root, normalized(plain));
    if (below === '' || !(below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below)))
      return segmentsOf(below);
  }
  return null;
}

function normalized(path: string): string {
  return `/${normal(segmentsOf(path))?.join('/') ?? '../'}`;
}

/** A path of this system; null for a home folder, a variable, another machine or drive, or an address. */
function plainPath(named: string): string | null {
  if (named === '' || named.length > MAX_PATH || named.includes('\0')) return null;
  const path = /^file:/i.test(named) ? pathOfUrl(named) : named;
  if (path === null || /^(~|\$|%\w+%|\\\\)/.test(path) || /^[a-z][a-z0-9+.-]*:/i.test(path)) return null;
  // On this system a backslash is a letter like others; elsewhere it parts folders. Only the way up must be seen in both.
  const isUpwards = /(^|[\\/])\.\.([\\/]|$)/.test(path.replaceAll('\\', '/')) && path.includes('\\');
  if (isUpwards || isOddGlob(path)) return null;
  return path;
}

function pathOfUrl(url: string): string | null {
  try {
    return fileURLToPath(url);
  } catch {
    return null;
  }
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '' && segment !== '.');
}

/** `..` resolved by spelling; null above the root. */
function normal(segments: readonly string[]): readonly string[] | null {
  const done: string[] = [];
  for (const segment of segments) {
    if (segment !== '..') done.push(segment);
    else if (done.pop() === undefined) return null;
  }
  return done;
}

function realOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/** Walks from the workspace, link by link; what does not exist yet is taken as it is spelled. */
function follow(workspacePath: string, segments: readonly string[]): string | null {
  const root = realOf(workspacePath);
  if (root === null) return null;
  const walk: Walk = {
    root,
    workspacePath,
    at: [],
    waiting: [...segments],
    links: 0,
    steps: 0,
    isThere: true,
  };
  while (walk.waiting.length > 0) if (!takeStep(walk)) return null;
  return walk.at.join('/');
}

interface Walk {
  readonly root: string;
  readonly workspacePath: string;
  at: string[];
  readonly waiting: string[];
  links: number;
  steps: number;
  /** False behind the first part that is missing: there can be no links. */
  isThere: boolean;
}

/** False when it leads out of the workspace, or nobody knows where. */
function takeStep(walk: Walk): boolean {
  walk.steps += 1;
  if (walk.steps > MAX_STEPS) return false;
  const segment = walk.waiting.shift() ?? '';
  if (segment === '..') {
    walk.isThere = true;
    return walk.at.pop() !== undefined;
  }
  const step = !walk.isThere ? MISSING : lookAt(join(walk.root, ...walk.at), segment);
  if (step.kind === 'link') return takeLink(walk, step.target);
  if (step.kind === 'missing') walk.isThere = false;
  walk.at.push(segment);
  return step.kind !== 'unknown';
}

function takeLink(walk: Walk, link: string): boolean {
  walk.links += 1;
  const target = walk.links > MAX_LINKS ? null : targetSegments(walk, link);
  if (target === null) return false;
  if (target.isFromRoot) walk.at = [];
  walk.waiting.unshift(...target.segments);
  return true;
}

type Step =
  | { readonly kind: 'entry' | 'missing' }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'unknown' };

function lookAt(folder: string, segment: string): Step {
  const path = join(folder, segment);
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) return MISSING;
    return found.isSymbolicLink() ? { kind: 'link', target: readlinkSync(path) } : { kind: 'entry' };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    return code === 'ENOTDIR' || code === 'ENAMETOOLONG' ? MISSING : UNKNOWN;
  }
}

const UNKNOWN: Step = { kind: 'unknown' };
const MISSING: Step = { kind: 'missing' };

function targetSegments({ root, workspacePath }: Walk, target: string) {
  if (!isAbsolute(target)) return { isFromRoot: false, segments: segmentsOf(target) };
  for (const base of [root, workspacePath]) {
    if (target === base || target.startsWith(`${base}${sep}`))
      return { isFromRoot: true, segments: segmentsOf(target.slice(base.length)) };
  }
  return null;
}
