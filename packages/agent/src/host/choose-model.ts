import type { AgentConnection } from '../acp/agent-connection.ts';
import { AGENT_METHOD } from '../acp/agent-connection.ts';
import { effortOffer, modelOffer, type Offer, type SessionSays } from '../acp/session-offers.ts';
import { inTime } from './in-time.ts';
import { ModelRefused } from './session-error.ts';
import type { HostSpec } from './spec.ts';

const OPTION_MS = 60_000;
const MAX_NAMED = 30;

export interface ChoiceDeps {
  readonly connection: AgentConnection;
  readonly spec: HostSpec;
}

interface Opened extends SessionSays {
  readonly sessionId: string;
}

/** What a run has to work with: the word of its order, else of its profile. */
export function wantedFrom({ order, profile }: Pick<HostSpec, 'order' | 'profile'>) {
  return { model: order.model ?? profile.model, effort: order.effort ?? profile.effort };
}

/**
 * Sets the model and the effort that a run has to work with, and returns what the session says then. Throws ModelRefused, which names
 * what is offered when the agent does not have them: a run never goes on with another model, and its price, in silence.
 */
export async function chooseModel(deps: ChoiceDeps, session: Opened): Promise<SessionSays> {
  const { model, effort } = wantedFrom(deps.spec);
  const { takesModel, takesEffort } = deps.spec.profile;
  let says: SessionSays = session;
  const choose = async (what: 'model' | 'effort', value: string, isGiven: boolean) => {
    const offer = what === 'model' ? modelOffer(says) : effortOffer(says);
    says = {
      ...says,
      ...(await setChoice(deps, { sessionId: session.sessionId, what, value, offer, isGiven })),
    };
  };
  // The model first: what efforts there are depends on it.
  if (model !== null) await choose('model', model, isTaken(takesModel));
  if (effort !== null) await choose('effort', effort, isTaken(takesEffort));
  return says;
}

/** Whether a profile says how its agent takes the value at its start. */
function isTaken({ env, args }: HostSpec['profile']['takesModel']): boolean {
  return env !== null || args.length > 0;
}

interface Wish {
  readonly sessionId: string;
  readonly what: 'model' | 'effort';
  readonly value: string;
  readonly offer: Offer | null;
  /** It was already told when it was started. */
  readonly isGiven: boolean;
}

async function setChoice(deps: ChoiceDeps, wish: Wish): Promise<SessionSays> {
  const { what, value, offer, isGiven } = wish;
  if (offer === null) {
    if (isGiven) return {};
    throw new ModelRefused(
      `${refusal(deps, wish)} It offers no choice of ${what === 'model' ? 'models' : 'efforts'}.`,
    );
  }
  if (isCurrent(offer, value)) return {};
  if (!offer.choices.some((choice) => choice.value === value)) throw new ModelRefused(refusal(deps, wish));
  const says = await send(deps, wish, offer);
  const after = what === 'model' ? modelOffer(says) : effortOffer(says);
  if (after !== null && after.current !== value)
    throw new ModelRefused(`${refusal(deps, wish)} It stayed with ${after.current}.`);
  return says;
}

/** Qwen writes the model it was started with as `$runtime|provider|model(provider)`. */
function isCurrent({ current }: Offer, value: string): boolean {
  return current === value || current.split(/[|()]/).includes(value);
}

async function send(deps: ChoiceDeps, wish: Wish, { optionId }: Offer): Promise<SessionSays> {
  const { sessionId, what, value } = wish;
  const ask = (method: string, params: object) =>
    inTime(deps.connection.request(method, { sessionId, ...params }), OPTION_MS, `set the ${what} ${value}`);
  try {
    const answer =
      optionId === null
        ? await ask(AGENT_METHOD.setModel, { modelId: value })
        : await ask(AGENT_METHOD.setOption, { configId: optionId, value });
    const configOptions =
      typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'configOptions') : null;
    if (optionId !== null) return configOptions ? { configOptions } : {};
    return { models: { currentModelId: value, availableModels: namesOf(wish.offer) } };
  } catch (error) {
    if (deps.connection.isOver()) throw error;
    const said = error instanceof Error ? error.message : String(error);
    throw new ModelRefused(`${refusal(deps, wish)} It said: ${said}`, { cause: error });
  }
}

function namesOf(offer: Offer | null) {
  return (offer?.choices ?? []).map(({ value, name }) => ({ modelId: value, name }));
}

function refusal({ spec }: ChoiceDeps, { what, value, offer }: Wish): string {
  const named = (offer?.choices ?? []).slice(0, MAX_NAMED).map((choice) => choice.value);
  const more = (offer?.choices.length ?? 0) > MAX_NAMED ? ', …' : '';
  const offered = named.length === 0 ? '' : ` It offers: ${named.join(', ')}${more}.`;
  return `${spec.profile.name} refused the ${what} "${value}".${offered} Choose another ${what} for the task or for the agent, or leave it to the agent.`;
}
