import type { AgentToolName } from '@quarterdeck/contract/agent-tools';
import { MCP_SERVER_NAME } from '@quarterdeck/contract/agent-tools';
import type { ToolAnswer } from './board-tools.ts';
import type { Stage } from './stage.ts';
import { pause } from './stage.ts';

const NOTE_PATIENCE_MS = 2_000;
// A report must arrive: without it the whole run counts for nothing.
const REPORT_PATIENCE_MS = 60_000;
const REPORTS: ReadonlySet<AgentToolName> = new Set(['task_complete', 'task_block', 'task_request_review']);

/** Calls one of Quarterdeck's tools and shows the call as other agents do. */
export async function callTool(
  stage: Stage,
  tool: AgentToolName,
  input: Readonly<Record<string, unknown>>,
): Promise<ToolAnswer> {
  const toolCallId = stage.nextId('tool');
  const title = `${MCP_SERVER_NAME}_${tool}`;
  await stage.show({
    sessionUpdate: 'tool_call',
    toolCallId,
    title,
    kind: 'other',
    status: 'in_progress',
    rawInput: input,
  });
  await pause(stage, 300);
  const patienceMs = REPORTS.has(tool) ? REPORT_PATIENCE_MS : NOTE_PATIENCE_MS;
  const answer = await stage.board.call({ tool, input, signal: stage.signal, patienceMs });
  await stage.show({
    sessionUpdate: 'tool_call_update',
    toolCallId,
    status: answer.isError ? 'failed' : 'completed',
    content: [{ type: 'content', content: { type: 'text', text: answer.text } }],
  });
  return answer;
}
