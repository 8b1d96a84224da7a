import { useEffect, useRef } from 'react';
import { isTyping } from '../shell/is-typing.ts';

interface FileKeys {
  readonly step: (by: 1 | -1) => void;
  readonly toggleViewed: () => void;
}

/** J and K go from file to file, V marks the current one as viewed. With a drawer open the keys are the board's outside of it. */
export function useFileKeys(keys: FileKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const act = isOurs(event) ? actionOf(event.key, latest.current) : null;
      if (!act) return;
      event.preventDefault();
      act();
    };
    globalThis.addEventListener('keydown', press);
    return () => globalThis.removeEventListener('keydown', press);
  }, []);
}

function isOurs(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event))
    return false;
  const drawer = document.querySelector('[data-drawer]');
  return !drawer || drawer.contains(event.target as Node);
}

function actionOf(key: string, { step, toggleViewed }: FileKeys): (() => void) | null {
  if (key === 'j') return () => step(1);
  if (key === 'k') return () => step(-1);
  return key === 'v' ? toggleViewed : null;
}
