import type { Usage } from '@quarterdeck/contract/usage';

/** Takes over what a newer report says and keeps what it leaves open. */
export function mergeUsage(known: Usage, report: Usage): Usage {
  const said = Object.fromEntries(Object.entries(report).filter(([, value]) => value !== null));
  return { ...known, ...said };
}
