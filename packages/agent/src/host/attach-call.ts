import { AGENT_TOOLS } from '@quarterdeck/contract/agent-tools';
import { z } from 'zod';
import { type AttachTarget, attachFile } from './attach-file.ts';

const Call = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]),
  method: z.literal('tools/call'),
  params: z.object({ name: z.literal('task_attach'), arguments: AGENT_TOOLS.task_attach.input }),
});

interface AttachCall {
  readonly id: string | number;
  readonly path: string;
  readonly name: string | undefined;
}

/** The call of `task_attach` with a path in an MCP request; null for every other request, which is the server's. */
export function readAttachCall(body: Buffer): AttachCall | null {
  if (!body.includes('task_attach')) return null;
  const call = Call.safeParse(parse(body));
  if (!call.success) return null;
  const { path, name, content } = call.data.params.arguments;
  return path === undefined || content !== undefined ? null : { id: call.data.id, path, name };
}

/** Carries the call out here, where the file is, and answers it as the server would. */
export async function answerAttachCall(
  target: AttachTarget,
  call: AttachCall,
  how: { readonly patienceMs: number; readonly signal: AbortSignal },
): Promise<{ readonly status: number; readonly body: string }> {
  const { isError, code, text } = await attachFile(target, { ...call, ...how });
  const result = { content: [{ type: 'text', text }], ...(isError ? { isError } : {}) };
  // A run that no longer owns its task is told so as with every other tool.
  return { status: code === 'run_superseded' ? 409 : 200, body: rpc(call.id, result) };
}

function rpc(id: string | number, result: object): string {
  return JSON.stringify({ jsonrpc: '2.0', id, result });
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return null;
  }
}
