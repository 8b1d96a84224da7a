// An agent that speaks ACP over standard input and output and does what its prompt says: `steps=<n>` tool calls, one every
// `pause=<ms>`, each also a line in `work.txt` of its workspace; then the turn ends, or goes on for ever with `hang`.
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly prompt?: readonly { readonly text: string }[] };
}

const SESSION = 'fixture-session';
let cancel = new AbortController();
let steps = 0;

const write = (message: object): void =>
  void process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

async function work(text: string): Promise<string> {
  cancel = new AbortController();
  const count = Number(/steps=(\d+)/.exec(text)?.[1] ?? 1);
  const pauseMs = Number(/pause=(\d+)/.exec(text)?.[1] ?? 0);
  for (let step = 0; step < count && !cancel.signal.aborted; step += 1) {
    steps += 1;
    appendFileSync('work.txt', `step ${steps}\n`);
    process.stderr.write(`did step ${steps}\n`);
    const call = { toolCallId: `call-${steps}`, title: `step ${steps}`, status: 'completed' };
    const update = { sessionUpdate: 'tool_call', ...call };
    write({ method: 'session/update', params: { sessionId: SESSION, update } });
    await wait(pauseMs, undefined, { signal: cancel.signal }).catch(() => undefined);
  }
  if (text.includes('hang')) {
    await wait(600_000, undefined, { signal: cancel.signal }).catch(() => undefined);
  }
  return cancel.signal.aborted ? 'cancelled' : 'end_turn';
}

async function answer({ method, params }: Message): Promise<object> {
  if (method === 'initialize') {
    return {
      protocolVersion: 1,
      agentInfo: { name: 'Fixture', version: '1.0.0' },
      agentCapabilities: { mcpCapabilities: { http: true } },
    };
  }
  if (method === 'session/new') return { sessionId: SESSION };
  if (method === 'session/prompt') return { stopReason: await work(params?.prompt?.[0]?.text ?? '') };
  return {};
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const message: Message = JSON.parse(line);
    if (message.method === 'session/cancel') cancel.abort();
    if (message.id === undefined) return;
    void answer(message).then((result) => write({ id: message.id, result }));
  })
  .on('close', () => process.exit(0));
