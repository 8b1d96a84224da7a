import { findStaleFiles } from '../../generate/stale-files.ts';
import type { Check } from '../check.ts';

/** Everything generated from the contract is what its generator would write now. */
export const generatedFiles: Check = {
  name: 'generated files',
  run: async ({ root }) => ({
    problems: (await findStaleFiles(root)).map((path) => `${path} is out of date; run npm run generate`),
  }),
};
