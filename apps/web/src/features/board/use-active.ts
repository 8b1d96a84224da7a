import { useEffect, useRef, useState } from 'react';

/** Long enough that cards that pass under a resting pointer while the column scrolls do not count. */
const REST_MS = 70;

/** Whether the pointer rests on an element or the focus is in it. Spread `handlers` on the element. */
export function useActive() {
  const [isActive, setActive] = useState(false);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);
  const handlers = {
    onPointerEnter: () => {
      rest.current = setTimeout(() => setActive(true), REST_MS);
    },
    onPointerLeave: (event: React.PointerEvent) => {
      clearTimeout(rest.current);
      if (!event.currentTarget.contains(document.activeElement)) setActive(false);
    },
    onFocus: () => setActive(true),
    onBlur: (event: React.FocusEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget)) setActive(false);
    },
  };
  return { isActive, handlers };
}
