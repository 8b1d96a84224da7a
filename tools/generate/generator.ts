/** Writes one file of the repository from the contract. The output is a function of the sources alone: no dates, no machine. */
export interface Generator {
  /** Relative to the repository's root. */
  readonly output: string;
  readonly render: () => string | Promise<string>;
}
