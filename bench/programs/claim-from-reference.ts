// One claimer of the reference implementation, in a process of its own as the seed's workers are.
import { claimFromReference } from '../reference/claim-one-by-one.ts';

const [path = '', claimer = '', limit = ''] = process.argv.slice(2);
process.send?.({ ready: true });
process.once('message', () => {
  const startedAt = Date.now();
  const claimed = claimFromReference(path, { claimer, limit: Number(limit) });
  process.send?.({ claimed, startedAt, endedAt: Date.now() });
});
// It stays until its parent ends it, so that no message is cut off, and leaves by itself when the parent is gone.
process.once('disconnect', () => process.exit(0));
