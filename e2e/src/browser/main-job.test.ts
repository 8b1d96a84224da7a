import { join } from 'node:path';
import { scenarioMarker } from '@quarterdeck/testkit/model-server/scenario';
import { type ModelServer, startModelServer } from '@quarterdeck/testkit/model-server/start-model-server';
import { opencodeProfile } from '@quarterdeck/testkit/opencode/opencode-profile';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCENARIOS } from '../journeys/opencode-scenarios.ts';
import { makeRepository } from '../program/make-repository.ts';
import { type Program, startProgram } from '../program/start-program.ts';
import { card, cardTitled, drawer, openCard, openTab, waitForLive } from './board-page.ts';
import { openBrowser } from './open-browser.ts';

const AGENT_MS = 90_000;

describe('the main job in a browser with a real opencode', () => {
  let models: ModelServer;
  let program: Program;

  beforeAll(async () => {
    models = await startModelServer({ scenarios: SCENARIOS });
    const profile = opencodeProfile({ modelUrl: models.url });
    program = await startProgram({ args: ['--no-demo'], profiles: [profile] });
    await makeRepository(join(program.home, 'greeter'), { 'README.md': '# Greeter\n', 'src/index.js': '' });
  });
  afterAll(async () => {
    await program[Symbol.asyncDispose]();
    await models.stop();
  });

  it('adds a project, gives two linked tasks to the agent, answers it, and sees both done with their diff', async () => {
    await using browser = await openBrowser(program);
    const { page } = browser;
    await waitForLive(page);
    await addProject(page, join(program.home, 'greeter'));

    await page.keyboard.press('c');
    const second = await writeTask(page, 'Use the greeting', 'use-greeting', 'Nobody yet');
    const first = await writeTask(page, 'Write a greeting', 'add-greeting', 'opencode-scripted');
    await page.keyboard.press('Escape');
    await waitsFor(page, second, first);

    await page.getByRole('article', { name: /Write a greeting.*needs you/ }).waitFor({ timeout: AGENT_MS });
    expect(await card(page, second).getAttribute('data-status')).toBe('todo');
    const asking = await openCard(page, first);
    await openTab(page, 'Live');
    await answerAll(page, asking, first);

    await card(page, second, 'done').waitFor({ timeout: AGENT_MS });
    const changes = await openTab(page, 'Changes');
    await changes.getByText('src/greet.js').first().waitFor();
    expect(await changes.locator('.diff-code-insert').allTextContents()).toContain(
      "export const greet = (name) => 'Ahoy, ' + name;",
    );
    await (await openTab(page, 'Task')).getByText('Added src/greet.js').waitFor();
  });
});

/** Adds a project, names it, and shows only its board. */
async function addProject(page: Page, path: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByPlaceholder('/home/you/code/your-project').fill(path);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Greeter');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Greeter saved').waitFor();
  await page.getByRole('link', { name: 'Board', exact: true }).click();
  await page.getByRole('button', { name: /^Project/ }).click();
  await page.getByRole('menuitem', { name: 'Greeter' }).click();
  await page.getByRole('button', { name: /^Project.*Greeter/ }).waitFor();
}

/** Writes into the open box and returns the id of the task it makes. */
async function writeTask(page: Page, title: string, scenario: string, agent: string): Promise<string> {
  const form = page.getByRole('form', { name: /^New task/ });
  await form.getByRole('button', { name: 'Assignee' }).click();
  await page.getByRole('menuitem', { name: agent }).click();
  const box = form.getByRole('textbox');
  await box.fill(`${title}\n${scenarioMarker(scenario)}`);
  await box.press('Enter');
  const made = cardTitled(page, title);
  await made.waitFor();
  return String(await made.getAttribute('data-task-id'));
}

/** Makes a task wait for another and then gives it to the agent, so that it cannot start before. */
async function waitsFor(page: Page, taskId: string, parentId: string): Promise<void> {
  await openCard(page, taskId);
  await openTab(page, 'Task');
  await page.getByRole('button', { name: 'Waits for: add a task' }).click();
  await page.getByRole('textbox', { name: 'Find a task' }).fill(parentId);
  await page
    .getByRole('button', { name: new RegExp(parentId) })
    .last()
    .click();
  await drawer(page)
    .getByRole('button', { name: `Remove the link to ${parentId}` })
    .waitFor();
  await card(page, taskId, 'todo').waitFor();
  await drawer(page)
    .getByRole('button', { name: /^Assignee/ })
    .click();
  await page.getByRole('menuitem', { name: 'opencode-scripted' }).click();
}

/** Allows whatever the agent asks until its task is done. */
async function answerAll(page: Page, asking: Locator, taskId: string): Promise<void> {
  const done = card(page, taskId, 'done');
  const allow = asking.getByRole('button', { name: 'Allow once' });
  for (;;) {
    await allow.or(done).first().waitFor({ timeout: AGENT_MS });
    if (await done.isVisible()) return;
    await allow.first().click();
    await allow.first().waitFor({ state: 'detached' });
  }
}
