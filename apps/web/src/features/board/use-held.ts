import { useState } from 'react';
import { useLive } from '../../connection/live-store.ts';

interface Held<T> {
  readonly value: T;
  readonly ownActions: number;
}

/**
 * A value as it was when the pointer came in, until the pointer leaves or the person does something. Spread `handlers`
 * on the element. Touch does not hold: a finger rests on nothing.
 */
export function useHeld<T>(value: T) {
  const ownActions = useLive((state) => state.ownActions);
  const [held, setHeld] = useState<Held<T> | null>(null);
  const isHeld = held !== null && held.ownActions === ownActions;
  const hold = (event: React.PointerEvent) => {
    if (event.pointerType !== 'mouse' || isHeld) return;
    setHeld({ value, ownActions });
  };
  return {
    held: isHeld ? held.value : null,
    release: () => setHeld(null),
    handlers: { onPointerEnter: hold, onPointerMove: hold, onPointerLeave: () => setHeld(null) },
  };
}
