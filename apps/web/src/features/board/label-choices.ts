import { isSameLabel } from '@quarterdeck/contract/label';
import { useMemo } from 'react';
import { useLive } from '../../connection/live-store.ts';
import type { MenuItem } from '../../ui/menu.tsx';
import { usedLabels } from '../labels/used-labels.ts';
import type { BoardSearch } from './board-search.ts';
import type { useGoBoard } from './use-go-board.ts';

type Go = ReturnType<typeof useGoBoard>;

/** The labels found on the board, as choices of the filter; a card has to bear all that are chosen. */
export function labelChoices({ label = [] }: BoardSearch, go: Go): readonly (MenuItem | 'line')[] {
  const isOn = (name: string) => label.some((each) => isSameLabel(each, name));
  const toggle = (name: string) => {
    const next = isOn(name) ? label.filter((each) => !isSameLabel(each, name)) : [...label, name];
    go({ label: next.length > 0 ? next : undefined });
  };
  const used = usedLabels();
  const none = {
    key: '-none',
    label: 'No task has a label yet',
    isDisabled: true,
    onSelect: () => undefined,
  };
  return [
    { key: '-any', label: 'Any', isOn: label.length === 0, onSelect: () => go({ label: undefined }) },
    'line',
    ...(used.length === 0 ? [none] : []),
    ...used.map((name) => ({ key: name, label: name, isOn: isOn(name), onSelect: () => toggle(name) })),
  ];
}

/** The tenants found on the board, as choices of the filter. */
export function tenantChoices(search: BoardSearch, go: Go): readonly (MenuItem | 'line')[] {
  const found = [...useLive.getState().board.cards.values()].flatMap(({ tenant }) => tenant ?? []);
  return [
    {
      key: '-any',
      label: 'Any',
      isOn: search.tenant === undefined,
      onSelect: () => go({ tenant: undefined }),
    },
    'line',
    ...[...new Set(found)].sort().map((name) => ({
      key: name,
      label: name,
      isOn: search.tenant === name,
      onSelect: () => go({ tenant: name }),
    })),
  ];
}

/** Whether any task has a tenant; looked up when tasks come and go, not with every change of one. */
export function useHasTenants(): boolean {
  const snapshots = useLive((state) => state.snapshots);
  const count = useLive((state) => state.board.cards.size);
  // biome-ignore lint/correctness/useExhaustiveDependencies: they say when to look again
  return useMemo(() => {
    for (const card of useLive.getState().board.cards.values()) if (card.tenant) return true;
    return false;
  }, [snapshots, count]);
}
