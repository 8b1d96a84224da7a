/** What is due stays due when a turn throws; without a pause it would throw a thousand times a second. */
const PAUSE_AFTER_FAILURE_MS = 1_000;
/** How long to sleep when it cannot be said. */
const PAUSE_WITHOUT_TIME_MS = 60_000;

interface LoopOptions {
  readonly turn: (isStopped: () => boolean) => Promise<void>;
  /** How long to sleep when nothing is asked for, ms. */
  readonly sleepMs: () => Promise<number>;
  readonly onError: (error: unknown) => void;
}

export interface Loop {
  start(): void;
  /** Asks for a turn as soon as the current one is over. */
  poke(): void;
  /** Resolves when the current turn is over; there is none after it. */
  stop(): Promise<void>;
}

/** Runs turns one at a time: at once when poked, else when the sleep is over. Pokes during a turn make one more. */
export function createLoop({ turn, sleepMs, onError }: LoopOptions): Loop {
  let isStopped = true;
  let isWanted = false;
  let working: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  function noteFailure(error: unknown): true {
    onError(error);
    return true;
  }

  async function work(): Promise<void> {
    let hasFailed = false;
    while (isWanted && !isStopped) {
      isWanted = false;
      hasFailed = await turn(() => isStopped).then(() => false, noteFailure);
    }
    const wait = isStopped ? null : await sleepMs().catch(() => PAUSE_WITHOUT_TIME_MS);
    working = null;
    if (isStopped || wait === null) return;
    clearTimeout(timer);
    if (isWanted) poke();
    else timer = setTimeout(poke, hasFailed ? Math.max(wait, PAUSE_AFTER_FAILURE_MS) : wait);
  }

  function poke(): void {
    isWanted = true;
    if (!isStopped) working ??= work();
  }

  return {
    poke,
    start() {
      isStopped = false;
      poke();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await working;
      clearTimeout(timer);
    },
  };
}
