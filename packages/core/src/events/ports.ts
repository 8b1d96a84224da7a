import type { Event, EventDraft } from '@quarterdeck/contract/event';
import type { TaskId } from '@quarterdeck/contract/ids';
import type { Result } from '@quarterdeck/contract/result';

/** The append-only log. `seq` is commit order, starts at 1 and has no gaps. */
export interface EventLog {
  /** Appends in the order given, at time `at` (ms). The events are published after the transaction has committed. */
  append(drafts: readonly EventDraft[], at: number): Promise<void>;
  /** Events with `seq > cursor`, oldest first. */
  since(cursor: number, limit: number): Promise<Event[]>;
  /** The newest events of a task, newest first. */
  ofTask(taskId: TaskId, limit: number): Promise<Event[]>;
  /** Sequence number of the newest event, 0 when there is none. */
  latestSeq(): Promise<number>;
}

/**
 * A database as the use cases see it. `write` commits everything its work did, or nothing: it rolls back when the work throws and
 * also when it returns a refusal, so that bad input changes nothing.
 */
export interface Database<Ports> {
  read<T>(work: (ports: Ports) => Promise<T>): Promise<T>;
  write<T>(work: (ports: Ports) => Promise<Result<T>>): Promise<Result<T>>;
}

/** A stored answer to a request that carried an Idempotency-Key. */
export interface SavedReply {
  /** Digest of route, path parameters, query and body: the same key with another request is refused. */
  readonly requestDigest: string;
  readonly status: number;
  readonly body: string;
}

/** Answers kept for a day so that a retried write gets the first answer. `scope` is who asked. */
export interface ReplyStore {
  find(scope: string, key: string): Promise<SavedReply | null>;
  /** Keeps the first answer; a second one for the same key is ignored, but a 202, which says that the answer is still to come, gives way. */
  save(scope: string, key: string, reply: SavedReply, at: number): Promise<void>;
}
