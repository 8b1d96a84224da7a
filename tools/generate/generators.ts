import type { Generator } from './generator.ts';
import { errorsPage } from './generators/errors-page.ts';

/** All generators; add one here and both `npm run generate` and the check know it. */
export const GENERATORS: readonly Generator[] = [errorsPage];
