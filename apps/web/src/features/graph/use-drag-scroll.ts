import { type RefObject, useEffect } from 'react';

/** Beyond this many px a press is a drag and no click. */
const SLACK = 4;

/** Lets the mouse take hold of a scrolling element and pull it. Fingers scroll by themselves. */
export function useDragScroll(frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const press = (down: PointerEvent) => {
      if (down.pointerType !== 'mouse' || down.button !== 0) return;
      const start = { left: element.scrollLeft, top: element.scrollTop };
      let isDrag = false;
      const move = ({ clientX, clientY }: PointerEvent) => {
        const [x, y] = [clientX - down.clientX, clientY - down.clientY];
        isDrag ||= Math.abs(x) + Math.abs(y) > SLACK;
        if (!isDrag) return;
        element.dataset['dragged'] = 'true';
        element.scrollTo(start.left - x, start.top - y);
      };
      const release = () => {
        globalThis.removeEventListener('pointermove', move);
        delete element.dataset['dragged'];
        if (isDrag) globalThis.addEventListener('click', swallow, { capture: true, once: true });
        setTimeout(() => globalThis.removeEventListener('click', swallow, { capture: true }));
      };
      globalThis.addEventListener('pointermove', move);
      globalThis.addEventListener('pointerup', release, { once: true });
    };
    element.addEventListener('pointerdown', press);
    return () => element.removeEventListener('pointerdown', press);
  }, [frame]);
}

/** The click that ends a drag opens nothing. */
function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
