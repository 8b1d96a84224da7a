import { type RefObject, useEffect, useState } from 'react';

/** The section of a changed file in the page. */
export function fileSection(path: string): HTMLElement | null {
  return document.getElementById(`file-${path}`);
}

/** The file that is being read: the one nearest to the top of the scrolled view, or the one that was just gone to. */
export function useFileInSight(scroller: RefObject<HTMLElement | null>, paths: readonly string[]) {
  const [inSight, setInSight] = useState<string | null>(null);
  useEffect(() => {
    const root = scroller.current;
    if (!root) return;
    const near = new Set<string>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          const path = target.id.slice('file-'.length);
          if (isIntersecting) near.add(path);
          else near.delete(path);
        }
        const first = paths.find((path) => near.has(path));
        if (first) setInSight(first);
      },
      { root, rootMargin: '-56px 0px -70% 0px' },
    );
    for (const path of paths) {
      const section = fileSection(path);
      if (section) observer.observe(section);
    }
    return () => observer.disconnect();
  }, [scroller, paths]);
  const goTo = (path: string) => {
    const section = fileSection(path);
    section?.scrollIntoView({ block: 'start' });
    section?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
    setInSight(path);
  };
  return { inSight: inSight !== null && paths.includes(inSight) ? inSight : (paths[0] ?? null), goTo };
}
