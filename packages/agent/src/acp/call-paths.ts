import type { ToolFields } from './acp-update.ts';
import { asRecord } from './acp-update.ts';
import { isWholeDiff } from './tool-fields.ts';

/** The paths that locations and contents of a call name. */
interface CallPaths {
  readonly paths: readonly string[];
  /** False when a part of them cannot be read, and so may name anything. */
  readonly isComplete: boolean;
}

/** Looks at every location and block, also at those that are of an odd shape or too many to be shown. */
export function pathsOfCall({ locations, content }: Pick<ToolFields, 'locations' | 'content'>): CallPaths {
  const blocks = content ?? [];
  const named = [...(locations ?? []), ...blocks.flatMap(pathsInBlock)];
  return {
    paths: named.filter((path) => path !== null),
    isComplete: !named.includes(null) && blocks.every(isReadable),
  };
}

function pathsInBlock(block: unknown): readonly (string | null)[] {
  const fields = asRecord(block);
  const inner = asRecord(fields?.['content']);
  const resource = asRecord(inner?.['resource']);
  const places = [
    fields?.['path'],
    fields?.['uri'],
    inner?.['type'] === 'resource_link' ? (inner['uri'] ?? null) : inner?.['uri'],
    inner?.['path'],
    resource?.['uri'],
  ];
  return places
    .filter((place) => place !== undefined)
    .map((place) => (typeof place === 'string' ? place : null));
}

function isReadable(block: unknown): boolean {
  const type = asRecord(block)?.['type'];
  return type === 'diff' ? isWholeDiff(block) : type === 'content' || type === 'terminal';
}
