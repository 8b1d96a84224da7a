import { LANDING_STRATEGIES, type LandingStrategy } from '@quarterdeck/contract/landing';
import { useState } from 'react';
import { readSetting, writeSetting } from '../../ui/local-setting.ts';

/** What each way to land is called and means. */
export const STRATEGY_WORDS: Readonly<Record<LandingStrategy, { verb: string; meaning: string }>> = {
  merge: { verb: 'merge', meaning: 'Merge: its commits and one merge commit' },
  squash: { verb: 'squash', meaning: 'Squash: one commit with all changes' },
  'fast-forward': { verb: 'fast-forward', meaning: 'Fast-forward: its commits as they are' },
};

/** The way to land this person chose last, kept in this browser. */
export function useStrategy(): readonly [LandingStrategy, (strategy: LandingStrategy) => void] {
  const kept = readSetting('landing', 'merge');
  const [strategy, setStrategy] = useState(LANDING_STRATEGIES.find((each) => each === kept) ?? 'merge');
  const choose = (chosen: LandingStrategy) => {
    writeSetting('landing', chosen);
    setStrategy(chosen);
  };
  return [strategy, choose];
}
