import type { Check } from '../check.ts';
import { lineAt, parseSource } from '../parse-source.ts';
import type { SourceFile } from '../source-file.ts';
import { codeFiles } from '../source-repository.ts';

interface Rule {
  readonly pattern: RegExp;
  readonly complaint: string;
}

const REASON_LENGTH = 10;
const FORBIDDEN: readonly Rule[] = [
  {
    pattern: /@ts-(ignore|nocheck)\b/,
    complaint: 'switches the type check off; use @ts-expect-error with a reason',
  },
  {
    pattern: /\b(eslint|oxlint|prettier)-(disable|ignore)\b/,
    complaint: 'speaks to a tool that is not used here',
  },
  {
    pattern: /\b(TODO|FIXME|XXX|HACK)\b/,
    complaint: 'is unfinished work; finish it, or say in the docs what is missing',
  },
];
const NEED_REASON: readonly RegExp[] = [/@ts-expect-error\b/, /\bbiome-ignore(-all|-start)?\s+[\w/]+/];

/** A suppression carries its reason, and nothing is left as a mark for later. */
export const suppressions: Check = {
  name: 'suppressions and marks',
  run: async (repository) => ({ problems: codeFiles(repository).flatMap(findMarks) }),
};

/** Every comment of the file that suppresses without a reason or marks unfinished work. */
export function findMarks(file: SourceFile): readonly string[] {
  return parseSource(file).comments.flatMap(({ value, start }) => {
    const place = `${file.path}:${lineAt(file.text, start)}`;
    const marks = FORBIDDEN.filter(({ pattern }) => pattern.test(value));
    const isBare = NEED_REASON.some((pattern) => pattern.test(value) && !hasReason(value, pattern));
    return [
      ...marks.map(({ complaint }) => `${place} "${value.trim()}" ${complaint}`),
      ...(isBare ? [`${place} "${value.trim()}" needs a reason after a colon`] : []),
    ];
  });
}

/** A reason follows the suppression after a colon or dash; Biome's placeholder `<explanation>` is none. */
function hasReason(comment: string, suppression: RegExp): boolean {
  const rest = comment.slice(comment.search(suppression)).replace(suppression, '');
  const reason = rest.replace(/^[\s:—-]+/, '').trim();
  return reason.length >= REASON_LENGTH && !/^<.*>$/.test(reason);
}
