import type { AgentToolName } from '@quarterdeck/contract/agent-tools';

/** One thing the demo agent does. Paths are below the workspace. */
export type DemoStep =
  | { readonly kind: 'say' | 'think'; readonly text: string }
  /** Begins the next entry of the plan. */
  | { readonly kind: 'next' }
  | { readonly kind: 'read'; readonly path: string }
  | { readonly kind: 'write'; readonly path: string; readonly content: string }
  | { readonly kind: 'replace'; readonly path: string; readonly find: string; readonly put: string }
  | {
      readonly kind: 'run';
      readonly command: readonly string[];
      /** Ask a person before, and block the task with this reason when the answer is no. */
      readonly blockedWithout?: string;
    }
  | {
      readonly kind: 'call';
      readonly tool: AgentToolName;
      readonly input: Readonly<Record<string, unknown>>;
    };

/** What the demo agent does for one task; the last thing is always to report `summary`. */
export interface DemoScript {
  readonly title: string;
  /** The task's text on the board, short Markdown. */
  readonly body: string;
  readonly plan: readonly string[];
  readonly steps: readonly DemoStep[];
  readonly summary: string;
  /** Somebody should look at it before it counts as done. */
  readonly wantsReview?: true;
  /** Why the script ends without a result; a person takes over then. */
  readonly cannotReport?: string;
}

/** Runs the project's tests. */
export const RUN_TESTS: DemoStep = { kind: 'run', command: ['node', '--test'] };
