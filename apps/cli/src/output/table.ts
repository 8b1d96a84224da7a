import { cutTo, displayWidth, padTo } from './display-width.ts';
import type { Paint, Tone } from './paint.ts';
import { oneLine } from './plain-text.ts';

export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
}
export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** Gives way when the terminal is too narrow. */
  readonly isElastic?: true;
}

interface TableStyle {
  readonly paint: Paint;
  /** Columns of the terminal; undefined when the output is not one, and then nothing is cut. */
  readonly width: number | undefined;
}

const GAP = '  ';
const NARROWEST = 12;

/** Rows under their titles, every column as wide as its widest cell. Cell texts are made safe for a terminal here. */
export function renderTable(
  style: TableStyle,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): string {
  const texts = rows.map((row) => row.map((cell) => oneLine(cell.text)));
  const widths = fitWidths(columns, naturalWidths(columns, texts), style.width);
  const renderRow = (cells: readonly string[], toneOf: (index: number) => Tone | undefined) =>
    cells
      .map((cell, index) =>
        renderCell({ text: cell, tone: toneOf(index) }, columns[index], widths[index] ?? 0, style.paint),
      )
      .join(GAP)
      .trimEnd();
  const head = renderRow(
    columns.map((column) => column.title),
    () => 'faint',
  );
  return [head, ...texts.map((row, place) => renderRow(row, (index) => rows[place]?.[index]?.tone))].join(
    '\n',
  );
}

function naturalWidths(columns: readonly Column[], texts: readonly (readonly string[])[]): readonly number[] {
  return columns.map((column, index) =>
    Math.max(displayWidth(column.title), ...texts.map((row) => displayWidth(row[index] ?? ''))),
  );
}

/** Takes what is too much from the elastic columns, from the widest first. */
function fitWidths(
  columns: readonly Column[],
  natural: readonly number[],
  width: number | undefined,
): readonly number[] {
  const widths = [...natural];
  // Some terminals do not know their width and say 0.
  if (!width) return widths;
  const total = () => widths.reduce((sum, each) => sum + each, 0) + GAP.length * (widths.length - 1);
  while (total() > width) {
    const elastic = widths.map((each, index) => (columns[index]?.isElastic && each > NARROWEST ? each : 0));
    const widest = Math.max(...elastic);
    if (widest === 0) break;
    widths[elastic.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function renderCell(
  cell: { text: string; tone: Tone | undefined },
  column: Column | undefined,
  width: number,
  paint: Paint,
): string {
  const text = column?.isElastic ? cutTo(cell.text, width) : cell.text;
  const padded =
    column?.align === 'right'
      ? ' '.repeat(Math.max(0, width - displayWidth(text))) + text
      : padTo(text, width);
  return cell.tone && text !== '' ? paint(cell.tone, padded) : padded;
}
