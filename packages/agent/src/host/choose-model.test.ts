import { Profile } from '@quarterdeck/contract/profile';
import { expect, it } from 'vitest';
import type { AgentConnection } from '../acp/agent-connection.ts';
import { offersOf } from '../acp/session-offers.ts';
import { chooseModel } from './choose-model.ts';
import { testOrder } from './fixtures/start-test-host.ts';
import { modelFailure } from './session-error.ts';
import type { HostSpec } from './spec.ts';

const select = (id: string, category: string, currentValue: string, values: readonly string[]) => ({
  id,
  category,
  currentValue,
  type: 'select',
  options: values.map((value) => ({ value, name: value.toUpperCase() })),
});
const MODELS = ['small', 'large'];
const asOptions = (model: string, effort = 'low') => [
  select('mode', 'mode', 'default', ['default']),
  select('llm', 'model', model, MODELS),
  ...(model === 'large' ? [select('think', 'thought_level', effort, ['low', 'high'])] : []),
];
const asModels = (currentModelId: string) => ({
  currentModelId,
  availableModels: MODELS.map((modelId) => ({ modelId, name: modelId })),
});

interface Scene {
  readonly wants?: { readonly model?: string | null; readonly effort?: string | null };
  readonly profile?: object;
  readonly session: object;
  readonly answer?: (method: string, params: Readonly<Record<string, unknown>>) => unknown;
}

async function choose({ wants = {}, profile = {}, session, answer = () => ({}) }: Scene) {
  const asked: string[] = [];
  const connection: AgentConnection = {
    request: async (method, params) => {
      const given = params as Readonly<Record<string, unknown>>;
      asked.push(`${method} ${given['configId'] ?? ''}${given['value'] ?? given['modelId']}`);
      return answer(method, given);
    },
    notify: async () => undefined,
    closed: new Promise(() => undefined),
    isOver: () => false,
    close: () => undefined,
  };
  const spec = {
    order: { ...testOrder(), model: null, effort: null, ...wants },
    profile: Profile.parse({ id: 'fake', name: 'Fake', initials: 'FA', command: 'fake', ...profile }),
  } as HostSpec;
  const says = await chooseModel({ connection, spec }, { sessionId: 's', ...session });
  return { asked, offers: offersOf(says) };
}

it('A14: nothing is set when nothing is wanted', async () => {
  const { asked, offers } = await choose({ session: { configOptions: asOptions('small') } });
  expect(asked).toEqual([]);
  expect(offers?.models.map(({ value }) => value)).toEqual(MODELS);
});

it('A14: the model goes first, because the efforts depend on it', async () => {
  const { asked, offers } = await choose({
    wants: { model: 'large', effort: 'high' },
    session: { configOptions: asOptions('small') },
    answer: (_, { value }) => ({
      configOptions: value === 'large' ? asOptions('large') : asOptions('large', 'high'),
    }),
  });
  expect(asked).toEqual(['session/set_config_option llmlarge', 'session/set_config_option thinkhigh']);
  expect(offers?.efforts).toEqual([
    { value: 'low', name: 'LOW' },
    { value: 'high', name: 'HIGH' },
  ]);
});

it('A14: agents of the old way are told in the old way', async () => {
  const { asked } = await choose({ wants: { model: 'large' }, session: { models: asModels('small') } });
  expect(asked).toEqual(['session/set_model large']);
});

it.each([
  ['is set already', { configOptions: asOptions('large') }, {}],
  ['is set already in the old way', { models: asModels('large') }, {}],
  ['was given at the start, and the agent offers no choice', {}, { takesModel: { env: 'MODEL' } }],
  [
    'was given at the start, and the agent writes it in its own way',
    {
      configOptions: [
        select('model', 'model', '$runtime|openai|large(openai)', ['$runtime|openai|large(openai)']),
      ],
    },
    { takesModel: { env: 'MODEL' } },
  ],
])('A14: a model that %s is not set again', async (_, session, profile) => {
  expect((await choose({ wants: { model: 'large' }, session, profile })).asked).toEqual([]);
});

it('A14: what the profile says counts when the order says nothing', async () => {
  const session = { models: asModels('small') };
  expect((await choose({ profile: { model: 'large' }, session })).asked).toEqual(['session/set_model large']);
  expect((await choose({ profile: { model: 'small' }, wants: { model: 'large' }, session })).asked).toEqual([
    'session/set_model large',
  ]);
});

it.each([
  [
    'it does not have',
    { model: 'huge' },
    { configOptions: asOptions('small') },
    () => ({}),
    /model "huge".*It offers: small, large/,
  ],
  [
    'it does not have, in the old way',
    { model: 'huge' },
    { models: asModels('small') },
    () => ({}),
    /It offers: small, large/,
  ],
  ['where it offers none', { model: 'large' }, {}, () => ({}), /offers no choice of models/],
  [
    'whose effort this model does not have',
    { effort: 'high' },
    { configOptions: asOptions('small') },
    () => ({}),
    /offers no choice of efforts/,
  ],
  [
    'an effort it does not have',
    { effort: 'max' },
    { configOptions: asOptions('large') },
    () => ({}),
    /effort "max".*low, high/,
  ],
  [
    'that it refuses',
    { model: 'large' },
    { configOptions: asOptions('small') },
    () => {
      throw new Error('not in your plan');
    },
    /It said: not in your plan/,
  ],
  [
    'that it takes, and stays with its own',
    { model: 'large' },
    { configOptions: asOptions('small') },
    () => ({ configOptions: asOptions('small') }),
    /It stayed with small/,
  ],
])(
  'A14: an agent told to work with something %s does not start, and says what it has',
  async (_, wants, session, answer, said) => {
    const error = await choose({ wants, session, answer }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringMatching(said) });
    expect(modelFailure(error)).toMatchObject({
      hint: 'model_refused',
      message: expect.stringMatching(said),
    });
  },
);

it('A14: nothing an agent offers is too much or too odd', async () => {
  const wild = [
    {
      id: 'm',
      category: 'model',
      currentValue: 'a',
      options: [{ name: 'g', options: [{ value: 'a', name: null }] }],
    },
    { id: 'x'.repeat(10), category: 'mode', currentValue: 7 },
    'nonsense',
  ];
  expect((await choose({ session: { configOptions: wild } })).offers?.models).toEqual([
    { value: 'a', name: 'a' },
  ]);
  const many = select(
    'm',
    'model',
    '0',
    Array.from({ length: 5000 }, (__, at) => `${at}`.padEnd(at > 10 ? 5 : 500)),
  );
  expect((await choose({ session: { configOptions: [many] } })).offers?.models).toHaveLength(1000);
  expect((await choose({ session: { configOptions: 'no', models: 3, modes: [] } })).offers).toBeNull();
});
