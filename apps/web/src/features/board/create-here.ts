import type { TaskStatus } from '@quarterdeck/contract/status';
import { useBoardUi } from './board-ui.ts';
import { currentCardId } from './card-focus.ts';
import { canCreateIn } from './create-task.ts';
import { shownCard } from './move-task.ts';

/** Opens the create box where the person is: in the focused card's column, in the one column a phone shows, or in Ready. */
export function createHere(): void {
  const focused = shownCard(currentCardId() ?? '')?.status;
  const { columnInSight } = useBoardUi.getState();
  const wanted = [focused, columnInSight].find(
    (status): status is TaskStatus => status != null && canCreateIn(status),
  );
  useBoardUi.setState({ creatingIn: wanted ?? 'ready' });
}
