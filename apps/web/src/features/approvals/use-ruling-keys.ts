import { useEffect, useRef } from 'react';
import { isTyping } from '../shell/is-typing.ts';

/** A key meant for the request before must not answer one that took its place this moment. */
const LOOK_FIRST_MS = 350;

interface RulingActs {
  /** Null where none of the agent's options means just that. */
  readonly allow: (() => void) | null;
  readonly reject: () => void;
  /** Picks the choice at this place, counted from 0. */
  readonly choose: ((index: number) => void) | null;
}

/** A allows, R rejects, digits pick one of the agent's own choices. */
export function useRulingKeys(isOn: boolean, acts: RulingActs): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    if (!isOn) return;
    const shownAt = performance.now();
    const press = (event: KeyboardEvent) => {
      const isPlain = !(event.repeat || event.ctrlKey || event.metaKey || event.altKey);
      if (event.defaultPrevented || !isPlain || isTyping(event)) return;
      const act = actOf(latest.current, event.key);
      if (act === null) return;
      event.preventDefault();
      if (performance.now() - shownAt >= LOOK_FIRST_MS) act();
    };
    globalThis.addEventListener('keydown', press);
    return () => globalThis.removeEventListener('keydown', press);
  }, [isOn]);
}

function actOf({ allow, reject, choose }: RulingActs, key: string): (() => void) | null {
  if (key === 'a') return allow;
  if (key === 'r') return reject;
  return choose !== null && /^[1-9]$/.test(key) ? () => choose(Number(key) - 1) : null;
}
