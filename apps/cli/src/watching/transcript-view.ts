import type { StoredItem, TextDelta, TranscriptItem } from '@quarterdeck/contract/session';
import type { Paint } from '../output/paint.ts';
import { oneLine, plainText } from '../output/plain-text.ts';
import { noticeLine, permissionLines, planLine, promptLine, toolLine, toolWords } from './item-text.ts';
import type { LiveScreen } from './live-screen.ts';

type TextItem = Extract<TranscriptItem, { kind: 'message' | 'thought' }>;
type ToolItem = Extract<TranscriptItem, { kind: 'tool' }>;
type TurnItem = Extract<TranscriptItem, { kind: 'turn' }>;

export interface TranscriptView {
  /** Takes a stored item, new or written again; one it has seen at this revision or a later one is ignored. */
  readonly takeItem: (stored: StoredItem) => void;
  /** Takes text that is being written. */
  readonly takeDelta: (delta: TextDelta) => void;
  /** Takes the agent's current activity for the status line. */
  readonly takeActivity: (text: string | null) => void;
  /** Takes what is to be said of a silence, which goes before everything else; null ends it. */
  readonly takeSilence: (text: string | null) => void;
}

interface ViewState {
  readonly paint: Paint;
  readonly screen: LiveScreen;
  readonly revs: Map<number, number>;
  /** How much of each text is on the screen already, in characters of the agent's own text. */
  readonly shown: Map<string, number>;
  /** What each item last said, so that the same line is not printed twice. */
  readonly said: Map<string, string>;
  readonly runningTools: Map<string, ToolItem>;
  /** The item whose text ends where the cursor stands. */
  openText: string | null;
  activity: string | null;
  silence: string | null;
}

/**
 * A conversation on a terminal that only grows. Stored items and deltas overlap: text is placed by its offset, so that
 * every character appears once whichever brings it first.
 */
export function createTranscriptView(paint: Paint, screen: LiveScreen): TranscriptView {
  const view: ViewState = {
    paint,
    screen,
    revs: new Map(),
    shown: new Map(),
    said: new Map(),
    runningTools: new Map(),
    openText: null,
    activity: null,
    silence: null,
  };
  return {
    takeItem: ({ ordinal, rev, item }) => {
      if (rev <= (view.revs.get(ordinal) ?? -1)) return;
      view.revs.set(ordinal, rev);
      showItem(view, item);
      showStatus(view);
    },
    takeDelta: ({ itemId, kind, offset, text }) => {
      growText(view, { itemId, kind, start: offset, text });
    },
    takeSilence: (text) => {
      if (view.silence === text) return;
      view.silence = text;
      if (view.openText === null) showStatus(view);
    },
    takeActivity: (text) => {
      view.activity = text;
      if (view.openText === null) showStatus(view);
    },
  };
}

function showItem(view: ViewState, item: TranscriptItem): void {
  if (item.kind === 'message' || item.kind === 'thought') showText(view, item);
  else if (item.kind === 'tool') showTool(view, item);
  else if (item.kind === 'turn') showTurn(view, item);
  else say(view, item.itemId, itemText(view.paint, item));
}

function itemText(paint: Paint, item: Exclude<TranscriptItem, TextItem | ToolItem | TurnItem>): string {
  switch (item.kind) {
    case 'permission':
      return permissionLines(paint, item).join('\n');
    case 'plan':
      return planLine(paint, item);
    case 'prompt':
      return promptLine(paint, item);
    case 'notice':
      return noticeLine(paint, item);
  }
}

function showText(view: ViewState, item: TextItem): void {
  growText(view, { itemId: item.itemId, kind: item.kind, start: 0, text: item.text });
  if (item.isComplete && view.openText === item.itemId) closeText(view);
}

interface TextPiece {
  readonly itemId: string;
  readonly kind: 'message' | 'thought';
  readonly start: number;
  readonly text: string;
}

/** Writes the part of a piece that is not on the screen. A piece after a gap waits for the stored item that fills it. */
function growText(view: ViewState, piece: TextPiece): void {
  const shown = view.shown.get(piece.itemId) ?? 0;
  if (piece.start > shown) return;
  const fresh = piece.text.slice(shown - piece.start);
  if (fresh === '') return;
  if (view.openText !== piece.itemId) closeText(view);
  view.openText = piece.itemId;
  view.shown.set(piece.itemId, shown + fresh.length);
  const safe = plainText(fresh);
  view.screen.write(piece.kind === 'thought' ? view.paint('faint', safe) : safe);
}

function closeText(view: ViewState): void {
  if (view.openText !== null) view.screen.finish();
  view.openText = null;
}

function showTool(view: ViewState, item: ToolItem): void {
  if (item.status === 'pending' || item.status === 'in_progress') {
    view.runningTools.set(item.itemId, item);
    return;
  }
  view.runningTools.delete(item.itemId);
  say(view, item.itemId, toolLine(view.paint, item));
}

function showTurn(view: ViewState, item: TurnItem): void {
  if (item.phase === 'started') return;
  view.runningTools.clear();
  view.activity = null;
  const reason = item.stopReason && item.stopReason !== 'end_turn' ? ` (${oneLine(item.stopReason)})` : '';
  say(view, item.itemId, view.paint('faint', `– turn ended${reason}`));
}

function say(view: ViewState, itemId: string, text: string): void {
  if (view.said.get(itemId) === text) return;
  view.said.set(itemId, text);
  closeText(view);
  view.screen.line(text);
}

function showStatus(view: ViewState): void {
  if (view.openText !== null) return;
  const tools = [...view.runningTools.values()].map(toolWords);
  const busy = tools.length > 0 ? tools.join(', ') : view.activity === null ? null : oneLine(view.activity);
  const text = view.silence === null ? busy : oneLine(view.silence);
  view.screen.status(text === null || text === '' ? null : `◐ ${text}`);
}
