const FLOOR = [22, 14] as const;

/** What to tell a person whose Node is too old, or null: below 22.14 the database driver ends the process without a word. */
export function requireNode(version: string = process.versions.node): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNewEnough = major > FLOOR[0] || (major === FLOOR[0] && minor >= FLOOR[1]);
  return isNewEnough
    ? null
    : `Quarterdeck needs Node ${FLOOR.join('.')} or newer; this is ${version}. "npm start" brings its own on Linux; elsewhere install one from nodejs.org.`;
}
