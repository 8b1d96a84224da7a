import type { Context } from '../command/context.ts';
import { countOf } from '../output/amount-text.ts';
import { isHealthy } from '../server/is-healthy.ts';
import type { Check } from './check-machine.ts';

/** Whether tasks need attention, where a server answers that this person may ask. */
export async function checkTasks({ terminal, place, client }: Context): Promise<readonly Check[]> {
  if (!(await isHealthy(terminal.fetch, place.url))) return [];
  const reply = await client.call('diagnostic.list');
  if (!reply.ok) return [];
  const found = reply.value.diagnostics.length;
  if (found === 0) return [{ name: 'tasks', isGood: true, message: 'nothing needs attention' }];
  const message = `${countOf(found, 'thing')} ${found === 1 ? 'needs' : 'need'} attention. See: quarterdeck diagnostics`;
  return [{ name: 'tasks', isGood: false, message }];
}
