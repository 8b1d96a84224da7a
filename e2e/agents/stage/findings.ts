/** What a check found: every break of what it demands, and figures for the table. */
export interface Findings {
  readonly problems: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
  /** Notes a break when this does not hold, and goes on: one run of a check shows everything that is wrong. */
  readonly must: (holds: boolean, otherwise: string) => void;
  readonly figure: (name: string, value: number) => void;
}

/** Makes empty findings. */
export function openFindings(): Findings {
  const problems: string[] = [];
  const figures: Record<string, number> = {};
  return {
    problems,
    figures,
    must: (holds, otherwise) => void (holds || problems.push(otherwise)),
    figure: (name, value) => {
      figures[name] = value;
    },
  };
}
