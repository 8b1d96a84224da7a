import type { SavedView } from '@quarterdeck/contract/saved-view';
import { useNavigate } from '@tanstack/react-router';
import { Bookmark, BookmarkPlus, Trash2 } from 'lucide-react';
import { type ReactElement, useEffect, useState } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { Menu } from '../../ui/menu.tsx';
import type { BoardSearch } from '../board/board-search.ts';
import { SaveView } from './save-view.tsx';
import { deleteView, loadViews, useSavedViews } from './saved-views.ts';
import { queryOf, searchOf } from './view-query.ts';

interface ViewsMenuProps {
  readonly search: BoardSearch;
  /** Draws the button that opens the menu. */
  readonly trigger: (chip: {
    readonly icon: ReactElement;
    readonly label: string;
    readonly isOn: boolean;
  }) => ReactElement;
}

/** Filters saved under names: choose one, save what is shown now, delete the one that is shown. */
export function ViewsMenu({ search, trigger }: ViewsMenuProps) {
  const views = useSavedViews((state) => state.views) ?? [];
  const snapshots = useLive((state) => state.snapshots);
  const [isSaving, setIsSaving] = useState(false);
  const navigate = useNavigate();
  useEffect(() => {
    if (snapshots > 0) void loadViews();
  }, [snapshots]);
  const query = queryOf(search);
  const current = views.find((view) => view.query === query);
  const show = (view: SavedView) =>
    void navigate({ to: '/', search: searchOf(view.query === query ? '' : view.query) });
  return (
    <>
      <Menu
        label="Views"
        trigger={trigger({
          icon: <Bookmark />,
          label: current?.name ?? 'Views',
          isOn: current !== undefined,
        })}
        items={() => [
          ...views.map((view) => ({
            key: view.id,
            label: view.name,
            isOn: view === current,
            onSelect: () => show(view),
          })),
          ...(views.length > 0 ? (['line'] as const) : []),
          current
            ? {
                key: '-delete',
                label: `Delete ${current.name}`,
                icon: <Trash2 />,
                onSelect: () => void deleteView(current),
              }
            : {
                key: '-save',
                label: query === '' ? 'Filter the board to save a view' : 'Save these filters…',
                icon: <BookmarkPlus />,
                isDisabled: query === '',
                onSelect: () => setIsSaving(true),
              },
        ]}
      />
      {isSaving && <SaveView query={query} onClose={() => setIsSaving(false)} />}
    </>
  );
}
