import type { DemoScript } from '../script.ts';
import { RUN_TESTS } from '../script.ts';

export const migrateLogs: DemoScript = {
  title: 'Bring the old logs into the new form',
  body: `The files in \`data/\` are still in the old form (\`6.40 Seagull in 3\`). Write a script that rewrites them.

It changes files that people wrote by hand, so **ask before it is applied**.`,
  plan: ['Write the script', 'Try it without changing anything', 'Apply it, when allowed', 'Test the result'],
  steps: [
    { kind: 'next' },
    { kind: 'read', path: 'data/2026-03-14.txt' },
    {
      kind: 'write',
      path: 'scripts/migrate.js',
      content: `// Rewrites the files in data/ from the old form to the new one. Changes nothing without --apply.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { parseLog } from '../src/parse.js';

const OLD_LINE = /^(\\d{1,2})\\.(\\d{2}) (.+?) (?:in (\\d+)|out)$/;

function migrateLine(line) {
  const match = OLD_LINE.exec(line);
  if (match === null) return line;
  const [, hour, minute, ship, berth] = match;
  const time = \`\${hour.padStart(2, '0')}:\${minute}\`;
  return berth === undefined ? \`\${time} \${ship} leaves\` : \`\${time} \${ship} arrives at berth \${berth}\`;
}

async function readFiles(folder) {
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name) => {
      const url = new URL(name, folder);
      const before = (await readFile(url, 'utf8')).split('\\n');
      const after = before.map(migrateLine);
      // Before anything is written: what cannot be read back must not replace what a person wrote.
      parseLog(after.join('\\n'));
      return { name, url, text: after.join('\\n'), changed: after.filter((line, at) => line !== before[at]).length };
    }),
  );
}

const isApplied = process.argv.includes('--apply');
for (const file of await readFiles(new URL('../data/', import.meta.url))) {
  if (isApplied) await writeFile(file.url, file.text);
  console.log(\`\${file.name}: \${file.changed} lines \${isApplied ? 'rewritten' : 'would be rewritten'}\`);
}
`,
    },
    { kind: 'next' },
    { kind: 'run', command: ['node', 'scripts/migrate.js'] },
    { kind: 'next' },
    {
      kind: 'say',
      text: 'The trial run looks right. Applying it changes files people wrote by hand, so I am asking first.',
    },
    {
      kind: 'run',
      command: ['node', 'scripts/migrate.js', '--apply'],
      blockedWithout:
        'The logs in data/ are still in the old form: running `node scripts/migrate.js --apply` was not allowed. The script itself is written and its trial run was fine. Retry this task to be asked again, or tell me how to go on.',
    },
    { kind: 'next' },
    {
      kind: 'write',
      path: 'test/data.test.js',
      content: `import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parseLog } from '../src/parse.js';

const folder = new URL('../data/', import.meta.url);

test('every log can be read', async () => {
  for (const name of await readdir(folder)) {
    const events = parseLog(await readFile(new URL(name, folder), 'utf8'));
    assert.ok(events.length > 0, \`\${name} is empty\`);
  }
});
`,
    },
    RUN_TESTS,
  ],
  summary:
    'Wrote `scripts/migrate.js` and applied it with permission: both logs in `data/` are in the new form, and a test keeps them readable.',
};
