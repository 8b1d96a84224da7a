import type { Clock, Ids } from '@quarterdeck/core/events';
import type { Store } from '@quarterdeck/store';

/** What every use case is given by this program. */
export interface UseCaseDeps {
  readonly db: Store;
  readonly clock: Clock;
  readonly ids: Ids;
}
