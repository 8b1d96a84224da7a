import { setTimeout as delay } from 'node:timers/promises';

/** How long a busy port is waited for, ms: the time a predecessor may need to leave. */
const PATIENCE_MS = 20_000;

/** Thrown when the port stays busy. */
export class PortBusy extends Error {}

/** Listens, retrying with back-off while the port is busy (0.1 s, doubling to 2 s, for about 20 s). */
export async function listenWithPatience<T>(
  listen: () => Promise<T>,
  place: { readonly host: string; readonly port: number },
): Promise<T> {
  const startedAt = performance.now();
  for (let wait = 100; ; wait = Math.min(2_000, wait * 2)) {
    try {
      return await listen();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      if (performance.now() - startedAt + wait > PATIENCE_MS) {
        const { host, port } = place;
        throw new PortBusy(
          `Port ${port} on ${host} is in use. If Quarterdeck runs already, open http://${host}:${port}; otherwise choose another port: quarterdeck up --port ${port + 1}`,
          { cause: error },
        );
      }
      await delay(wait);
    }
  }
}
