import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
const PATIENCE_MS = 2 * 60_000;

/** The server, as the runner knows it. */
export interface DownloadSource {
  readonly serverUrl: string;
  readonly readToken: () => Promise<string | null>;
  readonly signal: AbortSignal;
  /** How long a server that is away is waited for, ms. */
  readonly patienceMs?: number;
}

interface Wanted {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly path: string;
  /** Where it is written until it is whole. */
  readonly part: string;
}

/** Thrown for an answer that another attempt would not change. */
class Refused extends Error {}

/** Fetches one attachment and checks that it is whole. A server that is away is waited for; throws with a text for a person. */
export async function downloadFile(source: DownloadSource, wanted: Wanted): Promise<void> {
  const deadline = performance.now() + (source.patienceMs ?? PATIENCE_MS);
  try {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const failure = await fetchOnce(source, wanted).then(
        () => null,
        (error: unknown) => error,
      );
      if (failure === null) break;
      const isFinal = failure instanceof Refused || source.signal.aborted;
      if (isFinal || performance.now() + pauseMs > deadline) throw explain(wanted, failure);
      await wait(pauseMs, undefined, { signal: source.signal });
    }
    await rename(wanted.part, wanted.path);
  } finally {
    await rm(wanted.part, { force: true });
  }
}

async function fetchOnce({ serverUrl, readToken, signal }: DownloadSource, wanted: Wanted): Promise<void> {
  const response = await fetch(`${serverUrl}/api/attachments/${wanted.id}`, {
    headers: { authorization: `Bearer ${await readToken()}` },
    signal,
  });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    const answer = `the server answered ${response.status}`;
    throw response.status >= 500 || response.status === 429 ? new Error(answer) : new Refused(answer);
  }
  await save(response.body, wanted);
}

async function save(content: AsyncIterable<Uint8Array>, { part, size, sha256 }: Wanted): Promise<void> {
  const file = await open(part, 'wx', 0o600);
  const hash = createHash('sha256');
  let received = 0;
  try {
    for await (const piece of content) {
      received += piece.length;
      if (received > size) throw new Refused('it is longer than the server said');
      hash.update(piece);
      await file.writeFile(piece);
    }
  } finally {
    await file.close();
  }
  if (received < size) throw new Error('it broke off');
  if (hash.digest('hex') !== sha256) throw new Refused('its content is not what was attached');
}

function explain({ name }: Wanted, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(
    `"${name}" could not be fetched (${reason}). Start the task again, or attach the file anew.`,
    { cause },
  );
}
