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
  x: number;
  y: number;
  preview: HTMLElement | null;
  timer: ReturnType<typeof setTimeout> | undefined;
  scroll: number;
}

/**
 * Lets cards below `board` be dragged with a mouse or, after a long press, with a finger: one path for both, so that a
 * swipe still scrolls. Cards carry `data-task-id`, places to drop `data-column`. Returns what takes it away.
 */
export function startPointerDrag(board: HTMLElement, handlers: DragHandlers): () => void {
  let press: Press | null = null;

  const down = (event: PointerEvent) => {
    const card = draggableCard(event);
    if (!card || press) return;
    const isTouch = event.pointerType === 'touch';
    press = startPress(event, card, isTouch);
    if (isTouch) press.timer = setTimeout(() => press && lift(press), LONG_PRESS_MS);
    listen(globalThis.addEventListener);
  };
  const lift = (pressed: Press) => {
    pressed.preview = makePreview(pressed.card);
    board.dataset['lifting'] = 'yes';
    handlers.onLift(pressed.taskId);
    follow(pressed);
    scrollAtEdges(pressed);
  };
  const move = (event: PointerEvent) => {
    if (!press || event.pointerId !== press.pointerId) return;
    press.x = event.clientX;
    press.y = event.clientY;
    if (press.preview) return follow(press);
    const distance = Math.hypot(press.x - press.startX, press.y - press.startY);
    if (!press.isTouch && distance > MOUSE_SLACK_PX) lift(press);
    if (press.isTouch && distance > TOUCH_SLACK_PX) end();
  };
  const follow = (pressed: Press) => {
    const shift = `translate(${pressed.x - pressed.startX}px, ${pressed.y - pressed.startY}px)`;
    if (pressed.preview) pressed.preview.style.transform = `${shift} rotate(1.2deg)`;
    handlers.onOver(columnAt(pressed.x, pressed.y));
  };
  const scrollAtEdges = (pressed: Press) => {
    const { left, right } = board.getBoundingClientRect();
    board.scrollLeft += edgeSpeed(pressed.x, left, right);
    pressed.scroll = requestAnimationFrame(() => scrollAtEdges(pressed));
  };
  const up = (event: PointerEvent) => {
    if (!press || event.pointerId !== press.pointerId) return;
    const { preview, taskId } = press;
    const status = preview ? columnAt(event.clientX, event.clientY) : null;
    end();
    if (!preview) return;
    swallowClick();
    handlers.onDrop(taskId, status);
  };
  const cancel = (event: Event) => {
    if (!press || (event instanceof KeyboardEvent && event.key !== 'Escape')) return;
    const wasLifted = press.preview !== null;
    end();
    if (!wasLifted) return;
    if (event instanceof KeyboardEvent) event.stopPropagation();
    handlers.onCancel();
  };
  const holdStill = (event: Event) => {
    if (press?.preview && event.cancelable) event.preventDefault();
  };
  const end = () => {
    if (!press) return;
    clearTimeout(press.timer);
    cancelAnimationFrame(press.scroll);
    press.preview?.remove();
    press = null;
    delete board.dataset['lifting'];
    listen(globalThis.removeEventListener);
  };
  const listen = (change: typeof globalThis.addEventListener) => {
    change('pointermove', move);
    change('pointerup', up);
    change('pointercancel', cancel);
    change('keydown', cancel, true);
    change('blur', cancel);
  };

  board.addEventListener('pointerdown', down);
  // Once a card is lifted a finger must not scroll any more; only a listener that is not passive can say so.
  board.addEventListener('touchmove', holdStill, { passive: false });
  board.addEventListener('contextmenu', holdStill);
  board.addEventListener('dragstart', preventNative);
  return () => {
    end();
    board.removeEventListener('pointerdown', down);
    board.removeEventListener('touchmove', holdStill);
    board.removeEventListener('contextmenu', holdStill);
    board.removeEventListener('dragstart', preventNative);
  };
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

function startPress(event: PointerEvent, card: HTMLElement, isTouch: boolean): Press {
  return {
    card,
    taskId: card.dataset['taskId'] ?? '',
    pointerId: event.pointerId,
    startX: event.clientX,
    startY: event.clientY,
    isTouch,
    x: event.clientX,
    y: event.clientY,
    preview: null,
    timer: undefined,
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

function preventNative(event: Event): void {
  event.preventDefault();
}
