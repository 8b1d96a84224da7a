import type { JournalEntry } from '@quarterdeck/contract/journal';
import { describe, expect, it } from 'vitest';
import { trackPermissions } from './permissions.ts';

const DETAIL = {
  toolKind: 'execute',
  title: 'git push',
  command: 'git push',
  paths: [],
  mcpTool: null,
  changes: [],
  input: null,
} as const;

describe('open questions', () => {
  it.each(['a \0 NUL', 'half a pair \ud800', `${'x'.repeat(196)}😀`])(
    'have an id that every database keeps, whatever the agent calls its tool (%j)',
    (key) => {
      const journal: JournalEntry[] = [];
      const replies: (string | null)[] = [];
      const permissions = trackPermissions((entry) => journal.push(entry));
      const id = permissions.ask({
        key,
        detail: { ...DETAIL, paths: [], changes: [] },
        reply: (decision) => replies.push(decision),
      });
      const stored = Buffer.from(id).toString().replaceAll('\0', '\uFFFD');
      expect(permissions.answer(stored, 'allow', 'ada')).toBe(true);
      expect(replies).toEqual(['allow']);
      expect(journal.map((entry) => entry.kind)).toEqual(['permission', 'permissionSettled']);
    },
  );
});
