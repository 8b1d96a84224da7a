/** Whether a Quarterdeck server answers at an address within two seconds. */
export async function isHealthy(fetch: typeof globalThis.fetch, url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) });
    return response.ok;
  } catch {
    return false;
  }
}
