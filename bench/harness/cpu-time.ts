/** Processor time this process has used, all its threads together, ms. Unlike the clock it hardly depends on who else is working. */
export function cpuTimeMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
