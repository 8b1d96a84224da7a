import type { AgentUnderTest } from './agent-under-test.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { copilot } from './copilot.ts';
import { gemini } from './gemini.ts';
import { opencode } from './opencode.ts';
import { qwen } from './qwen.ts';

/** The agents of the matrix, in the order of its rows. */
export const AGENTS: readonly AgentUnderTest[] = [opencode, claude, codex, gemini, qwen, copilot];
