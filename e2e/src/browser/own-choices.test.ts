import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTask, transcriptOf, waitForApproval, waitForStatus } from '../program/board-view.ts';
import { runCli } from '../program/run-cli.ts';
import { type Program, startProgram } from '../program/start-program.ts';
import { openBrowser, PHONE } from './open-browser.ts';

const CHOOSER = {
  id: 'chooser',
  name: 'Fixture chooser',
  initials: 'F',
  command: process.execPath,
  args: [join(import.meta.dirname, '../../fixtures/agents/choosing-agent.ts')],
};

describe('F11, F12 an agent that offers answers of its own', () => {
  let program: Program;
  beforeAll(async () => {
    program = await startProgram({ args: ['--no-demo'], profiles: [CHOOSER] });
  });
  afterAll(() => program[Symbol.asyncDispose]());

  it('gets the one a person picked: in the browser by key or finger, in a terminal by name', async () => {
    const { client } = program;
    const taskId = await createTask(client, { title: 'Paint the hull', assignee: 'chooser' });
    const plan = await waitForApproval(client);
    expect(plan).toMatchObject({ title: 'Ready to code?', widerRule: null });
    await using browser = await openBrowser(program);
    await using visit = await browser.openAnother({ theme: 'light', viewport: PHONE, touch: true });
    await visit.page.goto(`${program.url}/approvals?id=${plan.id}`);
    await visit.page.getByText('Sand the hull.').waitFor();
    expect(await visit.page.getByRole('button', { name: 'Allow once' }).count()).toBe(0);
    await visit.page.getByRole('button', { name: /^Yes, manually approve edits/ }).tap();
    await visit.page
      .getByText(/^Allowed with “Yes, manually approve edits”: Ready to code/)
      .first()
      .waitFor();

    const colour = await waitForApproval(client);
    expect(colour.title).toBe('Which colour?');
    const listed = await runCli(program, ['approval', 'list']);
    expect(listed.stdout).toContain(`quarterdeck approval answer ${colour.id} --option "Blue"`);
    const allowed = await runCli(program, ['approval', 'allow', colour.id]);
    expect(allowed.code).toBe(5);
    expect(allowed.stderr).toContain('"Red", "Blue"');
    await browser.page.goto(`${program.url}/approvals`);
    await browser.page.getByRole('button', { name: 'Blue' }).waitFor();
    const answered = await runCli(program, ['approval', 'answer', colour.id, '--option', 'blue']);
    expect(answered.stdout).toContain('answered with "Blue"');

    expect((await waitForStatus(client, taskId, 'done')).result).toBe('exit-manual, blue');
    const asked = (await transcriptOf(client, taskId)).filter((item) => item.kind === 'permission');
    expect(asked).toMatchObject([
      { outcome: 'allowed', choice: 'Yes, manually approve edits' },
      { outcome: 'answered', choice: 'Blue' },
    ]);
  });

  it('is told that its request is cancelled when it is rejected without an answer for that', async () => {
    const { client } = program;
    const taskId = await createTask(client, { title: 'Paint it again', assignee: 'chooser' });
    await waitForApproval(client);
    await using browser = await openBrowser(program);
    const { page } = browser;
    await page.goto(`${program.url}/approvals`);
    await page.getByText('Sand the hull.').waitFor();
    const colour = async () => {
      const proposal = await waitForApproval(client);
      return proposal.title === 'Which colour?';
    };
    await expect
      .poll(async () => {
        await page.keyboard.press('4');
        return colour();
      })
      .toBe(true);
    await page.getByRole('button', { name: 'Red' }).waitFor();
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByLabel(/Why it is rejected/).press('Enter');
    expect((await waitForStatus(client, taskId, 'done')).result).toBe('stay, cancelled');
  });
});
