import { z } from 'zod';
import { ApprovalRule } from '../approval-rule.ts';
import { EventFrame } from '../event.ts';
import { Proposal, Ruling } from '../proposal.ts';
import { ProposalStatus } from '../status.ts';
import type { Route } from './route.ts';

/** Approvals and the event log. */
export const SUPERVISION_ROUTES = {
  'approval.list': {
    method: 'GET',
    path: '/approvals',
    access: 'viewer',
    summary: 'What agents need decided, oldest first',
    query: z.object({
      status: ProposalStatus.optional(),
      task: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    }),
    reply: z.object({ proposals: z.array(Proposal) }),
  },
  'approval.rule': {
    method: 'POST',
    path: '/approvals/:proposalId/ruling',
    access: 'admin',
    summary: 'Allow, deny, or pick one of the options that the agent offers',
    body: Ruling,
    reply: z.object({ proposal: Proposal }),
  },
  'rule.list': {
    method: 'GET',
    path: '/approval-rules',
    access: 'viewer',
    summary: 'What people allowed from then on, newest first',
    reply: z.object({ rules: z.array(ApprovalRule) }),
  },
  'rule.forget': {
    method: 'DELETE',
    path: '/approval-rules/:ruleId',
    access: 'admin',
    summary: 'Take a rule back: what it allowed is asked again',
    reply: z.object({ rule: ApprovalRule }),
  },
  'event.list': {
    method: 'GET',
    path: '/events',
    access: 'viewer',
    summary: 'Facts after a cursor',
    query: z.object({
      since: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    }),
    reply: z.object({ events: z.array(EventFrame), cursor: z.number().int() }),
  },
} as const satisfies Record<string, Route>;
