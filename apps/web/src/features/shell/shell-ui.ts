import { create } from 'zustand';
import { readSetting, writeSetting } from '../../ui/local-setting.ts';

interface ShellUi {
  readonly isRailFolded: boolean;
  readonly isPaletteOpen: boolean;
  readonly isKeySheetOpen: boolean;
}

export const useShellUi = create<ShellUi>(() => ({
  isRailFolded: readSetting('rail', 'open') === 'folded',
  isPaletteOpen: false,
  isKeySheetOpen: false,
}));

/** Folds the rail to its icons or opens it, and remembers. */
export function toggleRail(): void {
  const isRailFolded = !useShellUi.getState().isRailFolded;
  useShellUi.setState({ isRailFolded });
  writeSetting('rail', isRailFolded ? 'folded' : 'open');
}
