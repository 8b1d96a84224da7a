import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BoardConfig } from '@quarterdeck/contract/board';
import { DEFAULT_RETENTION, type Retention } from '@quarterdeck/core/runs';
import { z } from 'zod';
import { HomeUnusable } from './home.ts';

export interface HomeConfig {
  readonly board: BoardConfig;
  readonly retention: Retention;
}

const days = z.int().min(0).max(36_500).nullable();
const ConfigFile = z.strictObject({
  board: z
    .strictObject({
      defaultTenant: z.string().max(120).default(''),
      laneByProfile: z.boolean().default(true),
      includeArchivedByDefault: z.boolean().default(false),
      renderMarkdown: z.boolean().default(true),
    })
    .prefault({}),
  retention: z
    .strictObject({
      landedDays: days.default(DEFAULT_RETENTION.landedDays),
      doneDays: days.default(DEFAULT_RETENTION.doneDays),
      archivedDays: days.default(DEFAULT_RETENTION.archivedDays),
    })
    .prefault({}),
});

/** What the home's config.json says, with defaults for the rest and without one. Throws when it cannot be read. */
export async function readHomeConfig(home: string): Promise<HomeConfig> {
  const path = join(home, 'config.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw unusable(path, error.message, error);
  });
  const parsed = ConfigFile.safeParse(parseJson(path, text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unusable(path, `${issue?.path.join('.') || 'the file'}: ${issue?.message}`, parsed.error);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unusable(path, (error as Error).message, error);
  }
}

function unusable(path: string, reason: string, cause: unknown): HomeUnusable {
  return new HomeUnusable(`${path} cannot be used (${reason}). Correct it or remove it, then start again.`, {
    cause,
  });
}
