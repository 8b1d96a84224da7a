import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandId } from '@quarterdeck/contract/ids';
import type { JournalLine } from '@quarterdeck/contract/journal';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAcceptedCommands } from './accepted-commands.ts';
import { readJournal } from './connection.ts';
import { openJournal } from './journal.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qd-journal-'));
});
afterEach(() => rm(folder, { recursive: true }));

const say = (text: string) => ({ kind: 'activity', text }) as const;

async function read(afterSeq = 0): Promise<JournalLine[]> {
  const lines: JournalLine[] = [];
  for await (const line of readJournal(folder, afterSeq)) lines.push(line);
  return lines;
}

describe('the journal', () => {
  it('is read back from any place', async () => {
    const journal = openJournal(folder, () => 5);
    for (const text of ['a', 'b', 'c']) journal.append(say(text));
    expect(await read(1)).toEqual([
      { seq: 2, at: 5, entry: say('b') },
      { seq: 3, at: 5, entry: say('c') },
    ]);
    expect(await read(3)).toEqual([]);
  });

  it('ignores a torn last line and goes on with its number', async () => {
    openJournal(folder, () => 1).append(say('a'));
    await appendFile(join(folder, 'journal.jsonl'), '{"seq":2,"at":1,"entry":{"kind":"activ');
    expect(await read()).toHaveLength(1);
    openJournal(folder, () => 2).append(say('b'));
    expect(await read()).toEqual([
      { seq: 1, at: 1, entry: say('a') },
      { seq: 2, at: 2, entry: say('b') },
    ]);
  });

  it('never uses a number again after a restart', async () => {
    openJournal(folder, () => 1).append(say('a'));
    expect(openJournal(folder, () => 2).append(say('b')).seq).toBe(2);
    expect((await read()).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('is empty when there is none', async () => {
    expect(await read()).toEqual([]);
  });
});

describe('accepted commands', () => {
  const commandId = CommandId.parse('c_12345678');

  it('are accepted once, also after a restart', () => {
    const command = { kind: 'interrupt' } as const;
    const accepted = openAcceptedCommands(folder);
    expect([accepted.accept(commandId, command), accepted.accept(commandId, command)]).toEqual([true, false]);
    accepted.close();
    expect(openAcceptedCommands(folder).accept(commandId, command)).toBe(false);
  });

  it('survive a torn last line and keep no text', async () => {
    await writeFile(join(folder, 'commands.jsonl'), '{"commandId":"c_123');
    const accepted = openAcceptedCommands(folder);
    expect(accepted.accept(commandId, { kind: 'prompt', text: 'secret words', author: 'Ada' })).toBe(true);
    expect(await readFile(join(folder, 'commands.jsonl'), 'utf8')).not.toContain('secret words');
    expect(openAcceptedCommands(folder).accept(commandId, { kind: 'interrupt' })).toBe(false);
  });
});
