import { z } from 'zod';
import { Key, KeyCreate, Me, SignIn, Ticket } from '../identity.ts';
import { doneReply, type Route } from './route.ts';

/** Who may do what. */
export const IDENTITY_ROUTES = {
  'identity.me': {
    method: 'GET',
    path: '/me',
    access: 'viewer',
    summary: 'Who is signed in',
    reply: Me,
  },
  'identity.signIn': {
    method: 'POST',
    path: '/session',
    access: 'open',
    summary: 'Turn a one-time ticket or a token into a session cookie',
    body: SignIn,
    reply: Me,
  },
  'identity.signOut': {
    method: 'DELETE',
    path: '/session',
    access: 'viewer',
    summary: 'End this session',
    reply: doneReply,
  },
  'identity.ticket': {
    method: 'POST',
    path: '/tickets',
    access: 'owner',
    summary: 'A one-time sign-in ticket',
    body: z.object({}),
    reply: Ticket,
  },
  'identity.keys': {
    method: 'GET',
    path: '/keys',
    access: 'owner',
    summary: 'Keys of machines, without their secrets',
    reply: z.object({ keys: z.array(Key) }),
  },
  'identity.createKey': {
    method: 'POST',
    path: '/keys',
    access: 'owner',
    summary: 'A key for a machine; its secret is shown this once',
    body: KeyCreate,
    reply: z.object({ key: Key, secret: z.string() }),
  },
  'identity.revokeKey': {
    method: 'DELETE',
    path: '/keys/:keyId',
    access: 'owner',
    summary: 'Make a key worthless',
    reply: z.object({ ok: z.boolean() }),
  },
} as const satisfies Record<string, Route>;
