import type { SessionId } from '@quarterdeck/contract/ids';
import type { StoredItem, TranscriptItem } from '@quarterdeck/contract/session';
import type { Usage } from '@quarterdeck/contract/usage';
import type { Clock, Database, Ids, LiveBus } from '../events/index.ts';
import type { OfferStore } from '../fleet/index.ts';
import type { RunRecord, SessionRecord } from '../runs/index.ts';
import type { SupervisionPorts } from '../supervision/index.ts';

export interface SessionStore {
  insertMany(sessions: readonly SessionRecord[]): Promise<void>;
  find(sessionId: SessionId): Promise<SessionRecord | null>;
  /** Those of these conversations that there are, in any order. */
  findMany(sessionIds: readonly SessionId[]): Promise<SessionRecord[]>;
  save(session: SessionRecord): Promise<void>;
  /** Saves how far conversations have come. */
  saveMany(sessions: readonly SessionRecord[]): Promise<void>;
  /** Writes an item at its place: a new `itemId` goes to the end, a known one is replaced where it is. */
  putItem(sessionId: SessionId, item: TranscriptItem, rev: number): Promise<StoredItem>;
  findItem(sessionId: SessionId, itemId: string): Promise<StoredItem | null>;
  /** The text of the last message; null without one. */
  lastMessage(sessionId: SessionId): Promise<string | null>;
  /** Items written after revision `since`, by place. */
  itemsSince(sessionId: SessionId, since: number): Promise<StoredItem[]>;
}

export interface SessionPorts extends SupervisionPorts {
  readonly offers: OfferStore;
  readonly sessions: SessionStore;
}

/** List prices of models. */
export interface PriceList {
  /** What these tokens cost at list price, in millionths of a US dollar; null when the model or its price is not known. */
  estimate(usage: Usage): Promise<number | null>;
}

/** What happens to a run when its agent's turn ends; decided by the dispatch feature, in the same transaction. */
export type AfterTurn<Ports> = (
  ports: Ports,
  turn: {
    readonly run: RunRecord;
    readonly stopReason: string | null;
    /** What the agent said last in its conversation. */
    readonly lastMessage: () => Promise<string | null>;
    readonly now: number;
  },
) => Promise<RunRecord>;

/** What happens to live runs whose cost has grown; decided by the dispatch feature, in the same transaction. */
export type AfterCosts<Ports> = (
  ports: Ports,
  grown: { readonly runs: readonly RunRecord[]; readonly now: number },
) => Promise<void>;

export interface SessionDeps<Ports extends SessionPorts = SessionPorts> {
  readonly db: Database<Ports>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly live: LiveBus;
  readonly prices: PriceList;
  readonly afterTurn: AfterTurn<Ports & { readonly ids: Ids }>;
  readonly afterCosts: AfterCosts<Ports & { readonly ids: Ids }>;
}
