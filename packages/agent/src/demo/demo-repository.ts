/** The repository the demo works on: path below its root → content. The server writes and commits it. */
export const DEMO_REPOSITORY: Readonly<Record<string, string>> = {};
