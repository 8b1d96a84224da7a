import type { Refusal } from '@quarterdeck/contract/result';
import type { StreamFrame } from '@quarterdeck/contract/stream';
import { useEffect, useState } from 'react';
import { client } from '../../connection/client.ts';
import { onFrame } from '../../connection/frames.ts';
import { useLive } from '../../connection/live-store.ts';
import { watchSession } from '../../connection/watched-sessions.ts';
import {
  applyDelta,
  applyItem,
  mergeTranscript,
  NO_TRANSCRIPT,
  type TranscriptState,
} from './transcript-state.ts';

interface Followed {
  readonly sessionId: string | null;
  readonly transcript: TranscriptState;
  readonly refusal: Refusal | null;
  readonly isLoaded: boolean;
}

const NOTHING: Followed = { sessionId: null, transcript: NO_TRANSCRIPT, refusal: null, isLoaded: false };

/** A conversation, followed while it is on the screen: watched first, then read, so that nothing falls between. */
export function useTranscript(sessionId: string | null): Followed {
  const [followed, setFollowed] = useState<Followed>(NOTHING);
  const snapshots = useLive((state) => state.snapshots);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new snapshot means frames were missed
  useEffect(() => (sessionId ? follow(sessionId, setFollowed) : undefined), [sessionId, snapshots]);
  return followed.sessionId === sessionId ? followed : NOTHING;
}

/** Publishes the conversation after the first read and after every change. Returns what ends it. */
function follow(sessionId: string, publish: (followed: Followed) => void): () => void {
  let known: Followed = { ...NOTHING, sessionId };
  let isOver = false;
  let isReading = false;
  let waiting: StreamFrame[] = [];

  const take = (change: Partial<Followed>) => {
    known = { ...known, ...change };
    if (known.isLoaded && !isOver) publish(known);
    if (known.transcript.hasGap) void read();
  };
  const read = async () => {
    if (isReading || isOver) return;
    isReading = true;
    const reply = await client.call('session.transcript', {
      params: { sessionId },
      query: { since: known.transcript.rev },
    });
    isReading = false;
    if (!reply.ok) {
      take({ refusal: reply.refusal, isLoaded: true, transcript: { ...known.transcript, hasGap: false } });
    } else {
      take({ refusal: null, isLoaded: true, transcript: mergeTranscript(known.transcript, reply.value) });
    }
  };
  const flush = () => {
    const frames = waiting;
    waiting = [];
    const transcript = frames.reduce(takeFrame, known.transcript);
    if (transcript !== known.transcript) take({ transcript });
  };

  const unlisten = onFrame((frame) => {
    if (!concerns(frame, sessionId)) return;
    waiting.push(frame);
    if (waiting.length === 1) requestAnimationFrame(flush);
  });
  const unwatch = watchSession(sessionId);
  void read();
  return () => {
    isOver = true;
    unlisten();
    unwatch();
  };
}

function concerns(frame: StreamFrame, sessionId: string): boolean {
  if (frame.type === 'item') return frame.sessionId === sessionId;
  return frame.type === 'delta' && frame.delta.sessionId === sessionId;
}

function takeFrame(state: TranscriptState, frame: StreamFrame): TranscriptState {
  if (frame.type === 'item') return applyItem(state, frame.stored);
  return frame.type === 'delta' ? applyDelta(state, frame.delta, Date.now()) : state;
}
