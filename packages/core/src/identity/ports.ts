import type { PersonId, RunnerId } from '@quarterdeck/contract/ids';
import type { Role } from '@quarterdeck/contract/status';
import type { Clock, Database, Ids } from '../events/index.ts';

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
}

export const CREDENTIAL_KINDS = ['owner', 'session', 'ticket', 'runner', 'key'] as const;

/** A secret somebody can show. Only its SHA-256 is kept. */
export interface Credential {
  readonly id: string;
  readonly kind: (typeof CREDENTIAL_KINDS)[number];
  readonly secretHash: string;
  readonly personId: PersonId | null;
  readonly runnerId: RunnerId | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
}

export interface PersonStore {
  /** Keeps other servers from setting up an owner until this transaction ends. */
  lockOwner(): Promise<void>;
  insert(person: Person): Promise<void>;
  find(personId: PersonId): Promise<Person | null>;
  list(): Promise<Person[]>;
}

export interface CredentialStore {
  insert(credential: Credential): Promise<void>;
  findByHash(secretHash: string): Promise<Credential | null>;
  /** Oldest first. */
  listOfKind(kind: Credential['kind']): Promise<Credential[]>;
  /** Takes a credential out; true for exactly one caller, so that a ticket works once. */
  remove(credentialId: string): Promise<boolean>;
  removeExpired(now: number): Promise<void>;
  removeOfKind(kind: Credential['kind'], keepHash: string): Promise<void>;
}

/** Hashing and random secrets. */
export interface Secrets {
  /** A fresh secret of 32 random bytes in base64url, after the prefix. */
  make(prefix: string): string;
  hash(secret: string): string;
  /** The token of a run: its identity and fencing token, derived so that nothing secret is stored. */
  runToken(runId: string): string;
  /** The run a token was made for, or null for a forged one. Compared in constant time. */
  runOf(token: string): string | null;
}

export interface IdentityPorts {
  readonly people: PersonStore;
  readonly credentials: CredentialStore;
}

export interface IdentityDeps {
  readonly db: Database<IdentityPorts>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly secrets: Secrets;
}
