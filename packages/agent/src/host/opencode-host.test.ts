import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { scenarioMarker } from '@quarterdeck/testkit/model-server/scenario';
import { startModelServer } from '@quarterdeck/testkit/model-server/start-model-server';
import { opencodeBinary } from '@quarterdeck/testkit/opencode/opencode-binary';
import { opencodeProfile } from '@quarterdeck/testkit/opencode/opencode-profile';
import { describe, expect, it } from 'vitest';
import { startTestHost } from './fixtures/start-test-host.ts';

const SCENARIOS = {
  parent: [
    {
      tools: [
        {
          name: 'todowrite',
          args: { todos: [{ content: 'Look', status: 'in_progress', priority: 'high' }] },
        },
      ],
    },
    { tools: [{ name: 'bash', args: { command: 'echo own > own.txt', description: 'Write' } }] },
    {
      tools: [
        {
          name: 'task',
          args: {
            description: 'Look around',
            prompt: `${scenarioMarker('child')} go`,
            subagent_type: 'general',
          },
        },
      ],
    },
    { text: 'All done.' },
  ],
  child: [
    { tools: [{ name: 'bash', args: { command: 'echo child > child.txt', description: 'Write' } }] },
    { text: 'Child done.' },
  ],
};

describe.skipIf(opencodeBinary() === undefined)('a host of a real opencode', { timeout: 120_000 }, () => {
  it('carries plan, permissions, a subagent and its cost', async () => {
    await using model = await startModelServer({ scenarios: SCENARIOS });
    // Without tools of ours: what opencode does with them has a test of its own.
    const server = createServer((_, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const serverUrl = `http://127.0.0.1:${port}`;
    await using host = await startTestHost('', {
      profile: opencodeProfile({ modelUrl: model.url }),
      serverUrl,
    });
    const runner = await host.connect(0);
    const answer = (requestId: string) =>
      host.command(runner, { kind: 'answer', requestId, decision: 'allow', by: 'Ada' });
    await host.waitForEntry('started');
    await host.command(runner, { kind: 'prompt', text: `${scenarioMarker('parent')} go`, author: 'Ada' });
    const own = await host.waitForEntry('permission');
    await answer(own.requestId);
    const childs = await host.waitForEntry('permission', ({ requestId }) => requestId !== own.requestId);
    expect(childs.detail).toMatchObject({ toolKind: 'execute', command: 'echo child > child.txt' });
    await answer(childs.requestId);
    await host.waitFor(
      () => host.lines.filter(({ entry }) => entry.kind === 'turn').length >= 4,
      'second turn end',
    );
    await host.command(runner, { kind: 'finish', graceMs: 5000 });
    expect(await host.waitForEntry('exited')).toMatchObject({ code: 0 });
    for (const name of ['own.txt', 'child.txt']) {
      expect(existsSync(join(host.spec.workspacePath, name))).toBe(true);
    }
    const items = new Map(
      host.lines.flatMap(({ entry }) => (entry.kind === 'item' ? [[entry.item.itemId, entry.item]] : [])),
    );
    expect(items.get('plan')).toMatchObject({ entries: [{ content: 'Look' }] });
    const tools = [...items.values()].flatMap((item) => (item.kind === 'tool' ? [item] : []));
    const parent = tools.find(({ toolKind }) => toolKind === 'think');
    const child = tools.find(({ parentItemId }) => parentItemId !== null);
    expect(child).toMatchObject({ parentItemId: parent?.itemId, toolKind: 'execute', status: 'completed' });
    const usage = host.lines.flatMap(({ entry }) => (entry.kind === 'usage' ? [entry.usage] : [])).at(-1);
    // One step of the first turn, four of the parent and two of the child, 0.0011 dollars each.
    expect(usage).toMatchObject({ costSource: 'reported', model: 'local/probe' });
    expect(usage?.costMicros).toBe(7 * 1100);
    expect(await readFile(join(host.spec.runDir, 'agent.log'), 'utf8')).toContain('All done');
    server.close();
  });
});
