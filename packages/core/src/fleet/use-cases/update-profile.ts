import type { ProfileSettings, ProfileSettingsPatch } from '@quarterdeck/contract/fleet';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { changedFields } from '@quarterdeck/contract/seen';
import { checkSeen } from '../../events/index.ts';
import type { FleetDeps, FleetPorts } from '../ports.ts';

/**
 * Changes what people set for a profile: paused or not, its budget. It counts from the next run on; live runs go on. To resume one also
 * ends the pause that a used-up limit made.
 */
export async function updateProfile(
  deps: FleetDeps,
  input: { readonly profile: string; readonly patch: ProfileSettingsPatch; readonly actor: string },
): Promise<Result<ProfileSettings>> {
  const { profile, actor } = input;
  const { seen, ...patch } = input.patch;
  return deps.db.write(async (ports) => {
    const known = await ports.profileSettings.find(profile);
    if (known === null && !(await isOnARunner(ports, profile)))
      return refuse('profile_not_found', { profile });
    const before = known ?? unsetProfile(profile);
    const fields = changedFields(before, patch);
    const isCurrent = await checkSeen({ current: before, fields, seen, findWriter: async () => null });
    if (!isCurrent.ok) return isCurrent;
    const now = deps.clock.now();
    const changed = { ...before, ...patch };
    const pauseReason = changed.isPaused ? changed.pauseReason : null;
    // Who resumes an agent knows more than its last run: more may have been bought, or the account changed.
    const limitLiftedAt = patch.isPaused === false ? now : changed.limitLiftedAt;
    const settings = { ...changed, pauseReason, limitLiftedAt };
    await saveSettings(ports, { settings, actor, now });
    return ok(settings);
  });
}

/** The settings of a profile that nobody has set anything for. */
export function unsetProfile(profile: string): ProfileSettings {
  return {
    profile,
    isPaused: false,
    pauseReason: null,
    budget: null,
    model: null,
    effort: null,
    limitLiftedAt: null,
  };
}

/** Saves the settings of a profile and says so, inside the caller's transaction. */
export async function saveSettings(
  ports: Pick<FleetPorts, 'profileSettings' | 'events'>,
  change: { readonly settings: ProfileSettings; readonly actor: string; readonly now: number },
): Promise<void> {
  const { settings, actor, now } = change;
  await ports.profileSettings.save(settings);
  const subject = { actor, taskId: null, projectId: null, runId: null };
  await ports.events.append([{ ...subject, kind: 'profile.changed', payload: { settings } }], now);
}

async function isOnARunner(ports: Pick<FleetPorts, 'runners'>, profile: string): Promise<boolean> {
  const runners = await ports.runners.list();
  return runners.some((runner) => runner.agents.some((agent) => agent.profile === profile));
}
