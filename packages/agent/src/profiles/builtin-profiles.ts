import { Profile } from '@quarterdeck/contract/profile';
import { claudeProfile } from './claude.ts';
import { codexProfile } from './codex.ts';
import { copilotProfile } from './copilot.ts';
import type { DemoLaunch } from './demo.ts';
import { demoProfile } from './demo.ts';
import { geminiProfile } from './gemini.ts';
import { opencodeProfile } from './opencode.ts';
import { opencode2Profile } from './opencode2.ts';
import { qwenProfile } from './qwen.ts';

/** The agents Quarterdeck knows without any configuration. */
export function builtinProfiles(launch: DemoLaunch): readonly Profile[] {
  const all = [
    demoProfile(launch),
    opencodeProfile,
    claudeProfile,
    codexProfile,
    geminiProfile,
    qwenProfile,
    copilotProfile,
    opencode2Profile,
  ];
  return all.map((profile) => Profile.parse(profile));
}
