export interface DemoTask {
  readonly title: string;
  readonly body: string;
  readonly priority: number;
  /** Indexes into `DEMO_TASKS` of the tasks it waits for. */
  readonly parents: readonly number[];
}

/** What the server puts on the board of a fresh installation: a chain in which each task builds on the one before. */
export const DEMO_TASKS: readonly DemoTask[] = [];
