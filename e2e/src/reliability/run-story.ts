import type { Client } from '@quarterdeck/client/call';
import type { Run } from '@quarterdeck/contract/run';
import type { TranscriptItem } from '@quarterdeck/contract/session';
import { askAgain } from './ask-again.ts';
import { stepsIn } from './work-load.ts';

const HANDED_IN: readonly (string | null)[] = ['completed', 'review_requested', 'blocked'];

/** What is lost, doubled or out of order in the conversation of a run that has ended. */
export async function storyFaults(client: Client, run: Run): Promise<string[]> {
  const params = { sessionId: run.sessionId };
  const transcript = await askAgain(() => client.call('session.transcript', { params }));
  if (!transcript.ok) return [`${run.id} has no conversation: ${transcript.refusal.message}`];
  const items = transcript.value.items.map(({ item }) => item);
  const faults = [...doubled(items), ...steps(items, HANDED_IN.includes(run.outcome))];
  return faults.map((fault) => `the conversation of ${run.id} (${run.outcome}) ${fault}`);
}

function doubled(items: readonly TranscriptItem[]): string[] {
  const ids = items.map((item) => item.itemId);
  return new Set(ids).size === ids.length ? [] : ['has an item twice'];
}

/** Its agent counts aloud: every number once and in order, all of them when it handed in its work. */
function steps(items: readonly TranscriptItem[], isWhole: boolean): string[] {
  const prompts = items.filter((item) => item.kind === 'prompt');
  // Asked again, it begins again.
  if (prompts.length !== 1) return isWhole && prompts.length === 0 ? ['has no prompt'] : [];
  const wanted = stepsIn(prompts[0]?.text ?? '') ?? 0;
  const tools = items.filter((item) => item.kind === 'tool').filter((item) => item.title.startsWith('step '));
  const said = items.flatMap((item) => (item.kind === 'message' ? item.text.trim().split(/\s+/) : []));
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
  const titles = tools.map((item) => item.title.slice('step '.length));
  return [
    ...(titles.join() === numbers(isWhole ? wanted : titles.length).join()
      ? []
      : [`has the steps ${titles}`]),
    ...(said.join() === numbers(isWhole ? wanted : said.length).join() ? [] : [`says ${said}`]),
    ...(isWhole && tools.some((item) => item.status !== 'completed') ? ['left a step open'] : []),
  ];
}
