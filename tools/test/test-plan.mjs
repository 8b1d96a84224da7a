/**
 * Whether the chosen tests reach the end-to-end ones, which need the built program and a browser.
 * Without a path or a project all tests run.
 * @param {readonly string[]} args what follows `npm test --`
 */
export function includesEndToEnd(args) {
  const projects = args.flatMap((arg, index) => projectNamed(arg, args[index + 1]));
  if (projects.length > 0) return projects.some((name) => name.includes('e2e') || name.includes('*'));
  const paths = args.filter((arg, index) => !arg.startsWith('-') && !takesValue(args[index - 1]));
  return paths.length === 0 || paths.some((path) => path.includes('e2e'));
}

/** @param {string} arg @param {string | undefined} next @returns {readonly string[]} */
function projectNamed(arg, next) {
  if (arg.startsWith('--project=')) return [arg.slice('--project='.length)];
  return arg === '--project' && next ? [next] : [];
}

/** @param {string | undefined} flag */
function takesValue(flag) {
  return (
    flag !== undefined && ['--project', '-t', '--testNamePattern', '--reporter', '--shard'].includes(flag)
  );
}
