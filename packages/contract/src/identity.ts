import { z } from 'zod';
import { Millis, PersonId, type RunId, type RunnerId } from './ids.ts';
import { Role } from './status.ts';

/** Who makes a request. */
export type Principal =
  | {
      readonly kind: 'person';
      readonly personId: PersonId;
      readonly name: string;
      readonly role: Role;
    }
  | { readonly kind: 'run'; readonly runId: RunId }
  | {
      readonly kind: 'runner';
      readonly runnerId: RunnerId;
      readonly name: string;
    };

export const Me = z.object({
  personId: PersonId,
  name: z.string(),
  role: Role,
});
export type Me = z.infer<typeof Me>;

export const SignIn = z
  .object({
    ticket: z.string().min(1).max(200).optional(),
    token: z.string().min(1).max(400).optional(),
  })
  .strict();
/** A machine's way in: a secret with a role, for scripts and other programs. The secret is shown once. */
export const Key = z.object({ id: z.string(), name: z.string(), role: Role, createdAt: Millis });
export type Key = z.infer<typeof Key>;

export const KeyCreate = z
  .object({ name: z.string().trim().min(1).max(80), role: z.enum(['viewer', 'admin']).default('viewer') })
  .strict();
export type KeyCreate = z.output<typeof KeyCreate>;

export const Ticket = z.object({
  ticket: z.string(),
  expiresAt: z.number().int(),
});

/** The name written into events and comments for what a principal does. */
export function actorName(principal: Principal): string {
  if (principal.kind === 'person') return principal.name;
  return principal.kind === 'run' ? `run:${principal.runId}` : `runner:${principal.name}`;
}
