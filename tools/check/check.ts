import type { SourceRepository } from './source-repository.ts';

/** One rule of the house: a name for the report and a run that lists every break of it. */
export interface Check {
  readonly name: string;
  readonly run: (repository: SourceRepository) => Promise<Verdict>;
}

/** A check holds when there are no problems; notes are shown either way. */
export interface Verdict {
  readonly problems: readonly string[];
  readonly notes?: readonly string[];
}
