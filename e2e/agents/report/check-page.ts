import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY_ROOT } from '../../../tools/runtime/repository-root.mjs';
import { agentsPage, type PageFacts, verdictPart } from './agents-page.ts';

const PAGE = join(REPOSITORY_ROOT, 'docs', 'agents.md');

/** Writes the page, or says in one sentence how this run differs from it; null when it does not. */
export function checkPage(facts: PageFacts, isWriting: boolean): string | null {
  const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  const page = agentsPage(facts, { before, measure: isWriting });
  if (isWriting) writeFileSync(PAGE, page);
  if (isWriting || verdictPart(page) === verdictPart(before)) return null;
  return 'docs/agents.md says something else than this run. Run npm run test:agents -- --write, read what changed, and commit it.';
}
