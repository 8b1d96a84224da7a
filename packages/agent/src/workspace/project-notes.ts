import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Repository } from './repository.ts';

/** What is remembered of one repository beside the private folders, where no agent has a reason to write. */
export function projectNote(trees: string, { commonDir }: Repository, name: string): string {
  return join(trees, `${name}-${createHash('sha256').update(commonDir).digest('hex').slice(0, 24)}`);
}
