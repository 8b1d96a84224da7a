import { z } from 'zod';

function idSchema<Brand extends string>(prefix: string) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[a-z0-9]{4,32}$`), `expected an id like ${prefix}_1a2b3c4d`)
    .brand<Brand>();
}

export const TaskId = idSchema<'TaskId'>('t');
export type TaskId = z.infer<typeof TaskId>;
export const ProjectId = idSchema<'ProjectId'>('p');
export type ProjectId = z.infer<typeof ProjectId>;
export const RunId = idSchema<'RunId'>('r');
export type RunId = z.infer<typeof RunId>;
export const SessionId = idSchema<'SessionId'>('s');
export type SessionId = z.infer<typeof SessionId>;
export const ProposalId = idSchema<'ProposalId'>('a');
export type ProposalId = z.infer<typeof ProposalId>;
export const RunnerId = idSchema<'RunnerId'>('m');
export type RunnerId = z.infer<typeof RunnerId>;
export const PersonId = idSchema<'PersonId'>('u');
export type PersonId = z.infer<typeof PersonId>;
export const AttachmentId = idSchema<'AttachmentId'>('f');
export type AttachmentId = z.infer<typeof AttachmentId>;
export const ViewId = idSchema<'ViewId'>('v');
export type ViewId = z.infer<typeof ViewId>;
export const CommandId = idSchema<'CommandId'>('c');
export type CommandId = z.infer<typeof CommandId>;

/** A point in time, whole milliseconds since the epoch (UTC). */
export const Millis = z.number().int().nonnegative();
