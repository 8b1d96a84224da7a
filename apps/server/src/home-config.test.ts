import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHomeConfig } from './home-config.ts';

const RETENTION = { landedDays: 7, doneDays: 30, archivedDays: 0 };
const DEFAULTS = {
  defaultTenant: '',
  laneByProfile: true,
  includeArchivedByDefault: false,
  renderMarkdown: true,
};

async function read(text: string | null) {
  const home = await mkdtemp(join(tmpdir(), 'qd-config-'));
  try {
    if (text !== null) await writeFile(join(home, 'config.json'), text);
    return await readHomeConfig(home);
  } finally {
    await rm(home, { recursive: true });
  }
}

describe('K9 the configuration file', () => {
  it.each([null, '{}', '{"board":{}}'])('K9: gives the defaults for %s', async (text) => {
    expect(await read(text)).toEqual({ board: DEFAULTS, retention: RETENTION });
  });

  it('K9: gives what it says, and defaults for the rest', async () => {
    const said = { defaultTenant: 'acme', laneByProfile: false };
    expect((await read(JSON.stringify({ board: said }))).board).toEqual({ ...DEFAULTS, ...said });
  });

  it('says how long workspaces are kept, for ever with null', async () => {
    const { retention } = await read('{"retention":{"landedDays":null,"doneDays":3}}');
    expect(retention).toEqual({ landedDays: null, doneDays: 3, archivedDays: 0 });
  });

  it.each([
    ['{', /cannot be used .*JSON.* Correct it or remove it/],
    ['{"board":{"laneByProfile":"yes"}}', /board\.laneByProfile: /],
    ['{"board":{"tenant":"acme"}}', /board: .*"tenant"/],
    ['{"retention":{"doneDays":-1}}', /retention\.doneDays: /],
    ['{"retention":{"doneDays":1.5}}', /retention\.doneDays: /],
    ['{"retention":{"days":1}}', /retention: .*"days"/],
    ['[]', /the file: /],
  ])('K9: refuses %s and says what is wrong', async (text, reason) => {
    await expect(read(text)).rejects.toThrow(reason);
  });
});
