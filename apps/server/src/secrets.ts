import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '@quarterdeck/core/identity';

const RUN_TOKEN = /^qdr_(r_[a-z0-9]+)_([A-Za-z0-9_-]{43})$/;

/** Secrets under one server key of at least 32 bytes. */
export function createSecrets(serverKey: Buffer): Secrets {
  const sign = (runId: string) => createHmac('sha256', serverKey).update(`run:${runId}`).digest('base64url');
  return {
    make: (prefix) => `${prefix}_${randomBytes(32).toString('base64url')}`,
    hash: (secret) => createHash('sha256').update(secret).digest('hex'),
    runToken: (runId) => `qdr_${runId}_${sign(runId)}`,
    runOf(token) {
      const [, runId, signature] = RUN_TOKEN.exec(token) ?? [];
      if (runId === undefined || signature === undefined) return null;
      return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(runId))) ? runId : null;
    },
  };
}
