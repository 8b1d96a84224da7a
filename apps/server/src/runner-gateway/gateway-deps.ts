import type { Dispatcher } from '@quarterdeck/core/dispatch';
import type { LiveBus } from '@quarterdeck/core/events';
import type { Secrets } from '@quarterdeck/core/identity';
import type { WorkspaceKeeper } from '@quarterdeck/core/runs';
import type { PriceList } from '@quarterdeck/core/sessions';
import type { UseCaseDeps } from '../use-case-deps.ts';

export interface GatewayDeps extends UseCaseDeps {
  readonly live: LiveBus;
  readonly secrets: Secrets;
  readonly dispatcher: Dispatcher;
  readonly keeper: Pick<WorkspaceKeeper, 'noteCleaned'>;
  readonly prices: PriceList;
  readonly onError: (error: unknown) => void;
}
