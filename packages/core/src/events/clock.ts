/** Time and randomness, handed in so that decisions are pure and tests own both. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface Ids {
  /** A fresh id such as `t_1a2b3c4d`. */
  next(prefix: string): string;
}
