/** How one check of one agent came out. */
export interface Outcome {
  readonly agent: string;
  readonly check: string;
  readonly verdict: 'passed' | 'failed' | 'skipped';
  /** What was wrong, or why it was not run. */
  readonly problems: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
  readonly seconds: number;
}
