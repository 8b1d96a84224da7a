// One server's claimers on a shared PostgreSQL: the product's own use case on the product's own store.
import { openStore } from '@quarterdeck/store';
import { claimAll } from '../harness/claim-all.ts';

const [url = '', claimers = '', batch = '', limit = ''] = process.argv.slice(2);
const store = await openStore({ url, onCommit: () => undefined });
process.send?.({ ready: true });
process.once('message', async () => {
  const startedAt = Date.now();
  const claimed = await claimAll(store, {
    claimers: Number(claimers),
    batch: Number(batch),
    limit: Number(limit),
  });
  await store.close();
  process.send?.({ claimed, startedAt, endedAt: Date.now() });
});
// It stays until its parent ends it, so that no message is cut off, and leaves by itself when the parent is gone.
process.once('disconnect', () => process.exit(0));
