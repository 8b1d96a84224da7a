import type { TaskStatus } from '@quarterdeck/contract/status';
import { edgeSpeed } from './edge-speed.ts';

const MOUSE_SLACK_PX = 5;
const TOUCH_SLACK_PX = 9;
const LONG_PRESS_MS = 260;

export interface DragHandlers {
  readonly onLift: (taskId: string) => void;
  readonly onOver: (status: TaskStatus | null) => void;
  readonly onDrop: (taskId: string, status: TaskStatus | null) => void;
  readonly onCancel: () => void;
}

interface Press {
  readonly card: HTMLElement;
  readonly taskId: string;
  readonly pointerId: number;
  readonly startX: number;
  readonly startY: number;
  readonly isTouch: boolean;
  /** Takes all listeners of this press away. */
  readonly listening: AbortController;
  x: number;
  y: number;
  preview: HTMLElement | null;
  longPress: ReturnType<typeof setTimeout> | undefined;
  scroll: number;
}

interface Drag {
  readonly board: HTMLElement;
  readonly handlers: DragHandlers;
  press: Press | null;
}

/**
 * Lets cards below `board` be dragged with a mouse or, after a long press, with a finger: one path for both, so that a
 * swipe still scrolls. Cards carry `data-task-id`, places to drop `data-column`. Returns what takes it away.
 */
export function startPointerDrag(board: HTMLElement, handlers: DragHandlers): () => void {
  const drag: Drag = { board, handlers, press: null };
  const mounted = new AbortController();
  const { signal } = mounted;
  const holdStill = (event: Event) => {
    if (drag.press?.preview && event.cancelable) event.preventDefault();
  };
  board.addEventListener('pointerdown', (event) => pressDown(drag, event), { signal });
  // Once a card is lifted a finger must not scroll any more; only a listener that is not passive can say so.
  board.addEventListener('touchmove', holdStill, { passive: false, signal });
  board.addEventListener('contextmenu', holdStill, { signal });
  board.addEventListener('dragstart', (event) => event.preventDefault(), { signal });
  return () => {
    endPress(drag);
    mounted.abort();
  };
}

function pressDown(drag: Drag, event: PointerEvent): void {
  const card = draggableCard(event);
  if (!card || drag.press) return;
  const press = startPress(event, card);
  drag.press = press;
  if (press.isTouch) press.longPress = setTimeout(() => lift(drag, press), LONG_PRESS_MS);
  const { signal } = press.listening;
  globalThis.addEventListener('pointermove', (moved) => move(drag, press, moved), { signal });
  globalThis.addEventListener('pointerup', (released) => release(drag, press, released), { signal });
  globalThis.addEventListener('pointercancel', () => cancel(drag, press), { signal });
  globalThis.addEventListener('blur', () => cancel(drag, press), { signal });
  globalThis.addEventListener('keydown', (key) => cancelByKey(drag, press, key), { signal, capture: true });
}

function lift(drag: Drag, press: Press): void {
  press.preview = makePreview(press.card);
  drag.board.dataset['lifting'] = 'yes';
  drag.handlers.onLift(press.taskId);
  follow(drag, press);
  scrollAtEdges(drag, press);
}

function move(drag: Drag, press: Press, event: PointerEvent): void {
  if (event.pointerId !== press.pointerId) return;
  press.x = event.clientX;
  press.y = event.clientY;
  const distance = Math.hypot(press.x - press.startX, press.y - press.startY);
  if (press.preview) follow(drag, press);
  else if (press.isTouch && distance > TOUCH_SLACK_PX) endPress(drag);
  else if (!press.isTouch && distance > MOUSE_SLACK_PX) lift(drag, press);
}

function follow(drag: Drag, press: Press): void {
  const shift = `translate(${press.x - press.startX}px, ${press.y - press.startY}px)`;
  if (press.preview) press.preview.style.transform = `${shift} rotate(1.2deg)`;
  drag.handlers.onOver(columnAt(press.x, press.y));
}

function scrollAtEdges(drag: Drag, press: Press): void {
  const { left, right } = drag.board.getBoundingClientRect();
  drag.board.scrollLeft += edgeSpeed(press.x, left, right);
  press.scroll = requestAnimationFrame(() => scrollAtEdges(drag, press));
}

function release(drag: Drag, press: Press, event: PointerEvent): void {
  if (event.pointerId !== press.pointerId) return;
  const wasLifted = press.preview !== null;
  endPress(drag);
  if (!wasLifted) return;
  swallowClick();
  drag.handlers.onDrop(press.taskId, columnAt(event.clientX, event.clientY));
}

function cancelByKey(drag: Drag, press: Press, event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  if (press.preview) event.stopPropagation();
  cancel(drag, press);
}

function cancel(drag: Drag, press: Press): void {
  const wasLifted = press.preview !== null;
  endPress(drag);
  if (wasLifted) drag.handlers.onCancel();
}

function endPress(drag: Drag): void {
  const { press } = drag;
  if (!press) return;
  clearTimeout(press.longPress);
  cancelAnimationFrame(press.scroll);
  press.preview?.remove();
  press.listening.abort();
  drag.press = null;
  delete drag.board.dataset['lifting'];
}

function draggableCard(event: PointerEvent): HTMLElement | null {
  const { target } = event;
  if (
    !(target instanceof Element) ||
    event.button !== 0 ||
    event.ctrlKey ||
    event.metaKey ||
    event.shiftKey
  ) {
    return null;
  }
  if (target.closest('button, input, textarea, select, [role="menu"]')) return null;
  return target.closest<HTMLElement>('[data-task-id]');
}

function startPress(event: PointerEvent, card: HTMLElement): Press {
  return {
    card,
    taskId: card.dataset['taskId'] ?? '',
    pointerId: event.pointerId,
    startX: event.clientX,
    startY: event.clientY,
    isTouch: event.pointerType === 'touch',
    listening: new AbortController(),
    x: event.clientX,
    y: event.clientY,
    preview: null,
    longPress: undefined,
    scroll: 0,
  };
}

function makePreview(card: HTMLElement): HTMLElement {
  const box = card.getBoundingClientRect();
  const preview = card.cloneNode(true) as HTMLElement;
  preview.removeAttribute('data-task-id');
  preview.setAttribute('aria-hidden', 'true');
  preview.setAttribute('data-preview', 'yes');
  preview.inert = true;
  Object.assign(preview.style, {
    position: 'fixed',
    left: `${box.left}px`,
    top: `${box.top}px`,
    width: `${box.width}px`,
    height: `${box.height}px`,
    zIndex: '40',
    pointerEvents: 'none',
  });
  document.body.append(preview);
  return preview;
}

function columnAt(x: number, y: number): TaskStatus | null {
  const column = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-column]');
  return (column?.dataset['column'] as TaskStatus | undefined) ?? null;
}

/** The click that follows a drop would open the card. */
function swallowClick(): void {
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  globalThis.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => globalThis.removeEventListener('click', swallow, { capture: true }), 50);
}
