import type { Table } from './print-table.ts';

/** What was wished for, what was seen, and whether that is enough. Never fails a run: machines are noisy. */
export interface Verdict {
  readonly what: string;
  readonly target: string;
  readonly seen: string;
  readonly isMet: boolean;
}

export interface Outcome {
  readonly tables: readonly Table[];
  readonly verdicts: readonly Verdict[];
  /** Mistakes by kind, such as `lost` or `doubled`. Any above 0 fails the run. */
  readonly faults: Readonly<Record<string, number>>;
}

/** Reads `--name value` from the command line, with the scenario's own default. */
export interface Settings {
  number(name: string, otherwise: number): number;
  has(name: string): boolean;
}

export interface Scenario {
  /** As in the list of targets, such as `P3`. */
  readonly id: string;
  readonly name: string;
  /** One sentence for the table's head. */
  readonly summary: string;
  run(settings: Settings, say: (progress: string) => void): Promise<Outcome>;
}
