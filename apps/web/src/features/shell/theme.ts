import { create } from 'zustand';
import { readSetting, writeSetting } from '../../ui/local-setting.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';

const prefersDark = globalThis.matchMedia?.('(prefers-color-scheme: dark)');

export const useTheme = create<{ readonly choice: ThemeChoice }>(() => ({ choice: readChoice() }));

function readChoice(): ThemeChoice {
  const kept = readSetting('theme', 'system');
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

/** The theme that is drawn: the choice, or what the system prefers. */
export function shownTheme(choice: ThemeChoice): 'light' | 'dark' {
  if (choice !== 'system') return choice;
  return prefersDark?.matches ? 'dark' : 'light';
}

/** Draws a theme and remembers the choice. */
export function chooseTheme(choice: ThemeChoice): void {
  writeSetting('theme', choice);
  useTheme.setState({ choice });
  paint();
}

/** Draws the chosen theme now, and again whenever the system changes its mind. */
export function startTheme(): void {
  paint();
  prefersDark?.addEventListener('change', paint);
}

function paint(): void {
  document.documentElement.dataset['theme'] = shownTheme(useTheme.getState().choice);
}
