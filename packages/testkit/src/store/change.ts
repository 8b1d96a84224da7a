import { ok } from '@quarterdeck/contract/result';
import type { Ports, Store } from '@quarterdeck/store';

/** One committed transaction, for what is given before a test begins; returns what the work returned. */
export async function change<T>(db: Store, work: (ports: Ports) => Promise<T>): Promise<T> {
  const done = await db.write(async (ports) => ok(await work(ports)));
  if (!done.ok) throw new Error(`nothing here refuses: ${done.refusal.message}`);
  return done.value;
}
