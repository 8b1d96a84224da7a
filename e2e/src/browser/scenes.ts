import type { Page, Route } from 'playwright-core';
import { openTab } from './board-page.ts';

/** A page in a state worth looking at. */
export interface Scene {
  readonly name: string;
  /** `TASK` stands for the task that asks. */
  readonly path: string;
  readonly before?: (page: Page) => Promise<unknown>;
  readonly show: (page: Page) => Promise<unknown>;
}

const text = (words: string | RegExp) => (page: Page) => page.getByText(words).first().waitFor();
const board = (page: Page) => page.locator('[data-connection="live"]').waitFor({ state: 'attached' });
const press = (key: string) => async (page: Page) => {
  await board(page);
  await page.keyboard.press(key);
};
const tab = (name: string, seen: string | RegExp) => async (page: Page) => {
  const panel = await openTab(page, name);
  await panel.getByText(seen).first().waitFor();
};

/** Nothing answers the dashboard's calls: it stays at what it draws first, or learns that nobody is there. */
const unanswered = (page: Page) => page.route('**/api/**', () => undefined, { times: 3 });
const unreachable = (page: Page) => page.route('**/api/**', (route) => route.abort('failed'), { times: 40 });

/** The open question as an agent asks that wants to leave its plan; and rules, one of them of an older version. */
async function withOwnChoices(page: Page): Promise<void> {
  const answerApprovals = async (route: Route) => {
    const response = await route.fetch();
    const { proposals } = (await response.json()) as { proposals: { detail: object }[] };
    const asked = proposals.map((proposal) => ({
      ...proposal,
      title: 'Ready to code?',
      widerRule: null,
      detail: { ...proposal.detail, ...PLAN_DETAIL },
    }));
    await route.fulfill({ response, json: { proposals: asked } });
  };
  await page.route('**/api/approvals?*', answerApprovals, { times: 1 });
  await page.route('**/api/approval-rules', (route) => route.fulfill({ json: { rules: RULES } }), {
    times: 1,
  });
}

const PLAN_DETAIL = {
  toolKind: 'switch_mode',
  title: 'Ready to code?',
  command: null,
  text: '# Bring the old logs into the new form\n\n1. Read `scripts/migrate.js`.\n2. Run it **without** `--apply` first.\n3. Apply it.',
  places: [{ path: '/var/log/harbour/berths.log', inside: null }],
  options: [
    { id: 'auto', name: 'Yes, and use auto mode', kind: 'allow_always' },
    { id: 'manual', name: 'Yes, manually approve edits', kind: 'allow_once' },
    { id: 'ask', name: 'Ask the harbour master first', kind: null },
    { id: 'stay', name: 'No, keep planning', kind: 'reject_once' },
  ],
};
const RULES = [
  {
    id: 'rule_1',
    scope: 'project',
    scopeId: 'p_general',
    text: 'npm test …',
    isUsed: true,
    createdBy: 'Owner',
  },
  { id: 'rule_2', scope: 'task', scopeId: 't_1', text: 'timeout 60 …', isUsed: false, createdBy: 'Owner' },
].map((rule) => ({ ...rule, createdAt: 1 }));

export const FULL_SCENES: readonly Scene[] = [
  { name: 'board', path: '/', show: text('Fix the foghorn timer') },
  {
    name: 'board-lanes-filtered',
    path: '/?lanes=agent&assignee=demo&archived=yes',
    show: text('Clear filters'),
  },
  { name: 'board-nothing-found', path: '/?q=zebra', show: text('No task passes the filters') },
  {
    name: 'new-task',
    path: '/',
    show: async (page) => {
      await press('c')(page);
      await page.getByRole('textbox', { name: /^Title/ }).fill('Repaint the hull\nTwo coats.');
    },
  },
  {
    name: 'palette',
    path: '/',
    show: async (page) => {
      await press('Control+k')(page);
      await page.getByPlaceholder('Jump to a task or page').fill('t');
    },
  },
  {
    name: 'keys',
    path: '/',
    show: async (page) => {
      await press('?')(page);
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'people-menu',
    path: '/',
    show: async (page) => {
      await board(page);
      await page.getByRole('button', { name: /theme, keys, sign out/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    },
  },
  { name: 'drawer-live', path: '/?task=TASK', show: text('Allow once') },
  { name: 'drawer-task', path: '/?task=TASK', show: tab('Task', 'Waits for') },
  { name: 'drawer-changes', path: '/?task=TASK', show: tab('Changes', 'scripts/migrate.js') },
  { name: 'drawer-runs', path: '/?task=TASK', show: tab('Runs', 'attempt 1') },
  { name: 'drawer-activity', path: '/?task=TASK', show: tab('Activity', /created/) },
  { name: 'drawer-log', path: '/?task=TASK', show: tab('Log', /\S/) },
  { name: 'task-page', path: '/tasks/TASK', show: text('Allow once') },
  { name: 'graph', path: '/graph', show: text('All linked tasks') },
  { name: 'graph-of-task', path: '/graph?task=TASK', show: text('Show all linked tasks') },
  { name: 'task-missing', path: '/tasks/t_00000000', show: text('This task cannot be shown') },
  { name: 'approvals', path: '/approvals', show: text('node scripts/migrate.js --apply') },
  {
    name: 'approvals-choices',
    path: '/approvals',
    before: withOwnChoices,
    show: async (page) => {
      // On a phone the list comes first.
      await page.getByRole('button', { name: 'Ready to code?' }).first().click();
      await page.getByRole('heading', { name: 'Bring the old logs into the new form' }).waitFor();
      await page.getByText('Allowed from now on').click();
    },
  },
  { name: 'attention', path: '/attention', show: text('Open the changes') },
  {
    name: 'drawer-problem',
    path: '/',
    show: async (page) => {
      await page.getByRole('link', { name: 'Review the pilot ladder rules' }).click();
      await page.getByRole('region', { name: 'Needs attention' }).waitFor();
      await page.getByRole('combobox', { name: 'Add a label' }).fill('d');
      await page.getByRole('listbox').waitFor();
    },
  },
  { name: 'agents', path: '/agents', show: text('Machines') },
  {
    name: 'settings',
    path: '/settings',
    show: async (page) => {
      await page.getByRole('button', { expanded: false }).filter({ hasText: /git/ }).first().click();
      await page.getByRole('button', { name: 'Save' }).waitFor();
    },
  },
  { name: 'no-such-page', path: '/nowhere', show: text('There is no such page') },
  { name: 'loading', path: '/', before: unanswered, show: (page) => page.locator('main').waitFor() },
  { name: 'unreachable', path: '/', before: unreachable, show: text('Quarterdeck does not answer') },
];

export const EMPTY_SCENES: readonly Scene[] = [
  { name: 'board', path: '/', show: text(/Nothing to do yet|Add your first project/) },
  { name: 'graph', path: '/graph', show: text('No task waits for another') },
  { name: 'approvals', path: '/approvals', show: text('Nothing waits for you') },
  { name: 'attention', path: '/attention', show: text('Nothing needs attention') },
  { name: 'settings', path: '/settings', show: text('Projects') },
  { name: 'sign-in', path: '/sign-in', show: text('I have a token') },
  { name: 'sign-in-used', path: '/sign-in?ticket=spent', show: text('I have a token') },
];
