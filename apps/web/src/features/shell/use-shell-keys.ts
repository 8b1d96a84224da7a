import { useEffect } from 'react';
import { isTyping } from './is-typing.ts';
import { SEARCH_BOX_ID } from './search-box.tsx';
import { useShellUi } from './shell-ui.ts';

/** The keys that work on every page. */
export function useShellKeys(): void {
  useEffect(() => {
    globalThis.addEventListener('keydown', press);
    return () => globalThis.removeEventListener('keydown', press);
  }, []);
}

function press(event: KeyboardEvent): void {
  if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    useShellUi.setState(({ isPaletteOpen }) => ({ isPaletteOpen: !isPaletteOpen }));
    return;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
  if (event.key === '?') {
    event.preventDefault();
    useShellUi.setState({ isKeySheetOpen: true });
  }
  const searchBox = document.getElementById(SEARCH_BOX_ID);
  if (event.key === '/' && searchBox) {
    event.preventDefault();
    searchBox.focus();
  }
}
