import { type BoardSearch, readBoardSearch } from '../board/board-search.ts';

/** The filters of a board as text, the same for the same filters; which task is open is no filter. */
export function queryOf(search: BoardSearch): string {
  const { task: _, tab: __, ...filters } = search;
  const pairs = Object.entries(filters).flatMap(([key, value]) =>
    [value].flat().map((each): [string, string] => [key, String(each)]),
  );
  return new URLSearchParams(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1))).toString();
}

/** The filters that such a text stands for; what makes no sense any more is left out. */
export function searchOf(query: string): BoardSearch {
  const raw: Record<string, string | string[]> = {};
  for (const [key, value] of new URLSearchParams(query)) {
    const known = raw[key];
    raw[key] = known === undefined ? value : [known, value].flat();
  }
  return readBoardSearch(raw);
}
