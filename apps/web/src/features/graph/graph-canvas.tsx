import { useRouter } from '@tanstack/react-router';
import { Maximize, Minus, Plus } from 'lucide-react';
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { IconButton } from '../../ui/button.tsx';
import type { ChosenGraph } from './choose-graph.ts';
import styles from './graph-canvas.module.css';
import { GraphEdges } from './graph-edges.tsx';
import { GraphNode } from './graph-node.tsx';
import { type Direction, layOutGraph, neighbourOf } from './lay-out-graph.ts';
import { useDragScroll } from './use-drag-scroll.ts';

const SMALLEST = 0.3;
const LARGEST = 1.5;
/** Smaller than this, titles can no longer be read. */
const SMALLEST_READ = 0.65;
const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

interface GraphCanvasProps {
  readonly graph: ChosenGraph;
  /** The task the graph is about, if it is about one. */
  readonly asked: string | undefined;
}

/** The picture: scrolled by wheel, finger or dragging, walked with the arrow keys, zoomed with + and -. */
export function GraphCanvas({ graph, asked }: GraphCanvasProps) {
  const picture = useMemo(() => layOutGraph(graph), [graph]);
  const frame = useRef<HTMLDivElement>(null);
  const { zoom, fitAll, zoomBy, onKey } = useZoom(frame, picture);
  const [touched, setTouched] = useState<string | null>(null);
  useDragScroll(frame);
  useShowAsked(frame, asked);
  const walk = (event: KeyboardEvent) => {
    const from = (event.target as HTMLElement).dataset['node'];
    const direction = ARROWS[event.key];
    if (from === undefined || direction === undefined) return onKey(event);
    event.preventDefault();
    const next = neighbourOf(picture, from, direction);
    if (next !== null) focusNode(frame.current, next);
  };
  return (
    <div className={styles.canvas}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys walk between the links inside it */}
      <div className={styles.frame} ref={frame} onKeyDown={walk}>
        <div className={styles.paper} style={{ width: picture.width * zoom, height: picture.height * zoom }}>
          <div className={styles.picture} style={{ transform: `scale(${zoom})` }}>
            <GraphEdges picture={picture} graph={graph} touched={touched ?? asked ?? null} />
            {graph.tasks.map((task) => {
              const place = picture.places.get(task.id);
              return (
                place && (
                  <GraphNode
                    key={task.id}
                    task={task}
                    place={place}
                    isAsked={task.id === asked}
                    onTouch={setTouched}
                  />
                )
              );
            })}
          </div>
        </div>
      </div>
      <div className={styles.tools} role="toolbar" aria-label="Size">
        <IconButton label="Smaller" onClick={() => zoomBy(1 / 1.25)}>
          <Minus />
        </IconButton>
        <output aria-label="Size in percent">{Math.round(zoom * 100)} %</output>
        <IconButton label="Larger" onClick={() => zoomBy(1.25)}>
          <Plus />
        </IconButton>
        <IconButton label="Fit everything in" onClick={fitAll}>
          <Maximize />
        </IconButton>
      </div>
    </div>
  );
}

function focusNode(frame: HTMLElement | null, taskId: string): void {
  const node = frame?.querySelector<HTMLElement>(`[data-node="${CSS.escape(taskId)}"]`);
  node?.focus({ preventScroll: true });
  node?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** Begins with the task that was asked for in the middle. */
function useShowAsked(frame: React.RefObject<HTMLDivElement | null>, asked: string | undefined): void {
  const { state } = useRouter();
  const key = state.location.href;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every address
  useLayoutEffect(() => {
    if (asked === undefined) return;
    const node = frame.current?.querySelector(`[data-node="${CSS.escape(asked)}"]`);
    node?.scrollIntoView({ block: 'center', inline: 'center' });
  }, [key]);
}

function useZoom(
  frame: React.RefObject<HTMLDivElement | null>,
  picture: { readonly width: number; readonly height: number },
) {
  const [zoom, setZoom] = useState(1);
  // It opens with as much in sight as can still be read.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, before it is seen
  useLayoutEffect(() => {
    const { clientWidth = 0 } = frame.current ?? {};
    if (clientWidth > 0) setZoom(Math.min(1, Math.max(SMALLEST_READ, clientWidth / picture.width)));
  }, []);
  const zoomBy = (factor: number) => setZoom((now) => Math.min(LARGEST, Math.max(SMALLEST, now * factor)));
  const fitAll = () => {
    const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {};
    const whole = Math.min(clientWidth / picture.width, clientHeight / picture.height, 1);
    setZoom(Math.max(SMALLEST, whole));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') zoomBy(1.25);
    else if (event.key === '-') zoomBy(1 / 1.25);
    else if (event.key === '0') fitAll();
  };
  return { zoom, zoomBy, fitAll, onKey };
}
