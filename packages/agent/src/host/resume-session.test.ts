import { randomBytes } from 'node:crypto';
import { RunOrder } from '@quarterdeck/contract/runner-protocol';
import { NO_USAGE } from '@quarterdeck/contract/usage';
import { describe, expect, it } from 'vitest';
import { startTestHost } from './fixtures/start-test-host.ts';

/** An order that names an earlier session. */
function orderFrom(agentSessionId: string): RunOrder {
  return RunOrder.parse({
    runId: `r_${randomBytes(6).toString('hex')}`,
    taskId: 't_00000001',
    sessionId: 's_00000001',
    title: 'A task',
    profile: 'fake',
    prompt: 'The whole brief.',
    resume: { agentSessionId, prompt: 'What was asked since.', spent: NO_USAGE },
    token: 'secret',
    project: { id: 'p_00000001', path: '/', kind: 'folder', baseBranch: null, setupCommand: null },
    workspace: { kind: 'dir', path: null, branch: null, startFrom: [], base: null, head: null },
    maxRuntimeMs: 60_000,
  });
}

async function runOnce(behaviour: string, order?: RunOrder) {
  await using host = await startTestHost(behaviour, order ? { order } : {});
  const connection = await host.connect(0);
  const session = await host.waitForEntry('session');
  const permission = await host.waitForEntry('permission');
  await host.command(connection, {
    kind: 'answer',
    requestId: permission.requestId,
    decision: 'allow',
    by: 'ada',
  });
  await host.waitForEntry('turn', (entry) => entry.phase === 'ended');
  const items = host.lines.flatMap(({ entry }) => (entry.kind === 'item' ? [entry.item] : []));
  const prompts = items.flatMap((item) => (item.kind === 'prompt' ? [item.text] : []));
  const said = items.flatMap((item) => (item.kind === 'message' ? [item.text] : [])).join('\n');
  const notices = items.flatMap((item) => (item.kind === 'notice' ? [item.text] : [])).join('\n');
  const sessions = host.lines.flatMap(({ entry }) => (entry.kind === 'session' ? [entry] : []));
  const failures = host.lines.filter(({ entry }) => entry.kind === 'failure');
  return { session, sessions, prompts, said, notices, failures };
}

describe('the session of an earlier attempt', () => {
  it.each(['resumes', 'loads'])(
    'an agent that %s goes on with it and gets only what was asked since',
    async (how) => {
      const { session, prompts, said } = await runOnce(how, orderFrom('ses_1'));
      expect(session).toMatchObject({ agentSessionId: 'ses_1', canResume: true, isResumed: true });
      expect(prompts).toEqual(['What was asked since.']);
      expect(said).toContain('You said: What was asked since.');
      expect(said).not.toContain('What I said before.');
    },
  );

  it('starts afresh with the whole brief when the agent has lost it', async () => {
    const { session, prompts, notices } = await runOnce('resumes', orderFrom('ses_lost'));
    expect(session).toMatchObject({ agentSessionId: 'ses_1', canResume: true, isResumed: false });
    expect(prompts).toEqual(['The whole brief.']);
    expect(notices).toContain('no longer has its earlier session');
  });

  it('A4: goes on in the same run with a fresh session when the agent finds at its first prompt that it lost the earlier one', async () => {
    const { session, sessions, prompts, notices, failures } = await runOnce('forgets', orderFrom('ses_1'));
    expect(session).toMatchObject({ agentSessionId: 'ses_1', isResumed: true });
    expect(sessions.at(-1)).toMatchObject({ agentSessionId: 'ses_2', canResume: true, isResumed: false });
    expect(prompts).toEqual(['What was asked since.', 'The whole brief.']);
    expect(notices).toContain('could not go on with its earlier session');
    expect(failures).toEqual([]);
  });

  it.each([
    ['worksAndFails', 'crashed'],
    ['limited', 'rate_limited'],
    ['signedOut', 'sign_in_needed'],
  ])('A4: an agent that %s has not lost its session', async (behaviour, hint) => {
    await using host = await startTestHost(behaviour, { order: orderFrom('ses_1') });
    await host.connect(0);
    expect(await host.waitForEntry('failure')).toMatchObject({ hint });
    expect(host.lines.filter(({ entry }) => entry.kind === 'session')).toHaveLength(1);
  });

  it('starts afresh with an agent that cannot go on with sessions', async () => {
    const { session, prompts } = await runOnce('turn', orderFrom('ses_1'));
    expect(session).toMatchObject({ canResume: false, isResumed: false });
    expect(prompts).toEqual(['The whole brief.']);
  });
});
