import type { Stage } from './stage.ts';
import { pause } from './stage.ts';

const WORDS_PER_CHUNK = 3;
const CHUNK_MS = 75;

/** Writes a text bit by bit, as a model would. */
export async function sayText(stage: Stage, kind: 'say' | 'think', text: string): Promise<void> {
  const sessionUpdate = kind === 'say' ? 'agent_message_chunk' : 'agent_thought_chunk';
  const messageId = stage.nextId(kind);
  for (const chunk of cutIntoChunks(text)) {
    await pause(stage, CHUNK_MS);
    await stage.show({ sessionUpdate, messageId, content: { type: 'text', text: chunk } });
  }
}

/** Pieces of a few words that together are the text again. */
function cutIntoChunks(text: string): readonly string[] {
  const words = text.match(/\S+\s*/g) ?? [];
  const chunks: string[] = [];
  for (let at = 0; at < words.length; at += WORDS_PER_CHUNK) {
    chunks.push(words.slice(at, at + WORDS_PER_CHUNK).join(''));
  }
  return chunks;
}
