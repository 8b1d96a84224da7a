export type {
  Credential,
  CredentialStore,
  IdentityDeps,
  IdentityPorts,
  Person,
  PersonStore,
  Secrets,
} from './ports.ts';
export { authenticate } from './use-cases/authenticate.ts';
export { createKey, listKeys, revokeKey } from './use-cases/manage-keys.ts';
export { setUpOwner } from './use-cases/set-up-owner.ts';
export { findOwner, issueTicket, signIn, signOut } from './use-cases/sign-in.ts';
