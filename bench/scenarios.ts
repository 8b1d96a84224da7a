import type { Scenario } from './harness/scenario.ts';
import { scenario as fanOut } from './scenarios/p1-fan-out.ts';
import { scenario as board } from './scenarios/p2-board.ts';
import { scenario as claims } from './scenarios/p3-claims.ts';
import { scenario as spawn } from './scenarios/p4-spawn.ts';
import { scenario as startUp } from './scenarios/p5-start-up.ts';
import { scenario as crowd } from './scenarios/p6-crowd.ts';
import { scenario as takeIn } from './scenarios/p7-take-in.ts';
import { scenario as webBoard } from './scenarios/p8-web-board.ts';
import { scenario as kills } from './scenarios/p9-kills.ts';
import { scenario as gitWork } from './scenarios/p10-git.ts';

/** Everything that is measured, in the order of the list of targets. */
export const SCENARIOS: readonly Scenario[] = [
  fanOut,
  board,
  claims,
  spawn,
  startUp,
  crowd,
  takeIn,
  webBoard,
  kills,
  gitWork,
];
