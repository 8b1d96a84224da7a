import type { Attachment } from '@quarterdeck/contract/attachment';
import type { Context } from '../command/context.ts';
import { relativeText, sizeText } from './amount-text.ts';
import { oneLine } from './plain-text.ts';

/** One line for each file: id, size, name, and who attached it when. */
export function attachmentLines({ paint, terminal }: Context, files: readonly Attachment[]): string {
  const now = terminal.now();
  return files
    .map((file) => {
      const by = `by ${oneLine(file.createdBy)}, ${relativeText(file.createdAt, now)}`;
      return `${file.id}  ${sizeText(file.size).padStart(8)}  ${oneLine(file.name)}  ${paint('faint', by)}`;
    })
    .join('\n');
}
