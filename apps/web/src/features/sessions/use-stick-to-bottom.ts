import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const SLACK_PX = 40;

/** Keeps a scrolling element at its end while `content` grows, unless the reader scrolled away from it. */
export function useStickToBottom(content: unknown) {
  const scroller = useRef<HTMLElement>(null);
  const sticks = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);
  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      sticks.current = element.scrollHeight - element.scrollTop - element.clientHeight < SLACK_PX;
      setAtEnd(sticks.current);
    };
    // Markdown, diffs and fonts change heights after the content was drawn.
    const observer = new ResizeObserver(() => sticks.current && toEnd());
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [toEnd]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs again whenever there is more to show
  useLayoutEffect(() => {
    if (sticks.current) toEnd();
  }, [content, toEnd]);
  return { scroller, isAtEnd, toEnd };
}
