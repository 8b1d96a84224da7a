import type { ProfileSettingsPatch } from '@quarterdeck/contract/fleet';
import { codeOf, okValue, openTestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { updateProfile } from './update-profile.ts';

describe.each(TEST_DATABASES)('W4: settings of an agent on %s', (database) => {
  it('are not changed over what their writer did not see', async () => {
    await using board = await openTestBoard(database);
    const set = (patch: ProfileSettingsPatch) =>
      updateProfile(board, { profile: 'alpha', patch, actor: 'mia' });
    const budget = { limitMicros: 5, period: 'day' } as const;
    okValue(await set({ budget, seen: { budget: null } }));
    const late = { limitMicros: 9, period: 'month' } as const;
    expect(codeOf(await set({ budget: late, seen: { budget: null } }))).toBe('changed_meanwhile');
    okValue(await set({ isPaused: true, seen: { isPaused: false } }));
    okValue(await set({ isPaused: true, seen: { isPaused: false } }));
    expect(codeOf(await set({ isPaused: false, seen: { isPaused: false } }))).toBe('changed_meanwhile');
    const settings = okValue(await set({ budget: late, seen: { budget } }));
    expect(settings).toMatchObject({ isPaused: true, budget: late });
    expect(settings).not.toHaveProperty('seen');
  });
});
