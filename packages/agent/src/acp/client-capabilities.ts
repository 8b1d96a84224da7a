/**
 * What we can do for an agent, in the words of ACP. Only what is really there: an agent that is promised a terminal or our view of files
 * uses it, and its questions in other forms would wait for nobody.
 */
export const CLIENT_CAPABILITIES = {
  fs: { readTextFile: false, writeTextFile: false },
  terminal: false,
} as const;
