import type { Refusal } from '@quarterdeck/contract/result';

/** How a mount spells what the contract defines: our own spelling under `/api`, the seed's under its own prefix. */
export interface Dialect {
  readQuery(query: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  readBody(body: unknown): unknown;
  /** The name of a field as the caller knows it. */
  fieldName(field: string): string;
  writeReply(value: unknown): unknown;
  writeRefusal(refusal: Refusal): unknown;
}

/** The contract's own spelling. */
export const CONTRACT_DIALECT: Dialect = {
  readQuery: (query) => query,
  readBody: (body) => body,
  fieldName: (field) => field,
  writeReply: (value) => value,
  writeRefusal: (refusal) => ({ error: refusal }),
};
