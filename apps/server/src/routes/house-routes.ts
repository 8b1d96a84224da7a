import { actorName, type Principal } from '@quarterdeck/contract/identity';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok } from '@quarterdeck/contract/result';
import { listBudgets } from '@quarterdeck/core/dispatch';
import { showFleet, updateProfile } from '@quarterdeck/core/fleet';
import {
  createKey,
  type IdentityDeps,
  issueTicket,
  listKeys,
  revokeKey,
  signIn,
  signOut,
} from '@quarterdeck/core/identity';
import { addProject, type PlanningDeps, updateProject } from '@quarterdeck/core/planning';
import type { Handlers } from '../http/handlers.ts';
import type { UseCaseDeps } from '../use-case-deps.ts';

type HouseRoutes = Pick<
  Handlers,
  | 'project.list'
  | 'project.add'
  | 'project.update'
  | 'agent.list'
  | 'agent.update'
  | 'budget.list'
  | 'event.list'
  | 'identity.me'
  | 'identity.signIn'
  | 'identity.signOut'
  | 'identity.ticket'
  | 'identity.keys'
  | 'identity.createKey'
  | 'identity.revokeKey'
>;

/** Routes of projects, the fleet, the event log and identity. */
export function houseRoutes(
  deps: UseCaseDeps & Pick<PlanningDeps, 'folders'> & Pick<IdentityDeps, 'secrets'>,
): HouseRoutes {
  return {
    'project.list': async () => ok({ projects: await deps.db.read((ports) => ports.projects.list()) }),
    'project.add': ({ body }, { principal }) =>
      addProject(deps, { project: body, actor: actorName(principal) }),
    'project.update': async ({ params, body }, { principal }) => {
      const changed = await updateProject(deps, { ...params, patch: body, actor: actorName(principal) });
      return changed.ok ? ok({ project: changed.value }) : changed;
    },
    'agent.list': () => showFleet(deps),
    'agent.update': async ({ params, body }, { principal }) => {
      const changed = await updateProfile(deps, { ...params, patch: body, actor: actorName(principal) });
      return changed.ok ? ok({ settings: changed.value }) : changed;
    },
    'budget.list': async () => {
      const budgets = await listBudgets(deps);
      return budgets.ok ? ok({ budgets: budgets.value }) : budgets;
    },
    'event.list': async ({ query }) => {
      const events = await deps.db.read((ports) => ports.events.since(query.since, query.limit));
      return ok({ events, cursor: events.at(-1)?.seq ?? query.since });
    },
    'identity.me': async (_, { principal }) => {
      const person = asPerson(principal);
      return person ? ok({ personId: person.personId, name: person.name, role: person.role }) : notAPerson();
    },
    'identity.signIn': async ({ body }, context) => {
      const signedIn = await signIn(deps, body);
      if (!signedIn.ok) return signedIn;
      context.setSession(signedIn.value.secret, signedIn.value.expiresAt);
      return ok(signedIn.value.me);
    },
    'identity.signOut': async (_, context) => {
      if (context.sessionSecret !== null) await signOut(deps, context.sessionSecret);
      context.setSession(null, null);
      return ok({ ok: true as const });
    },
    'identity.keys': () => listKeys(deps),
    'identity.createKey': ({ body }) => createKey(deps, body),
    'identity.revokeKey': ({ params }) => revokeKey(deps, params.keyId),
    'identity.ticket': async (_, { principal }) => {
      const person = asPerson(principal);
      return person ? issueTicket(deps, person.personId) : notAPerson();
    },
  };
}

function asPerson(principal: Principal): Extract<Principal, { kind: 'person' }> | null {
  return principal.kind === 'person' ? principal : null;
}

function notAPerson() {
  return refuse('forbidden', { reason: 'this route is for people' });
}
