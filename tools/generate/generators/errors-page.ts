import { ERRORS } from '../../../packages/contract/src/errors.ts';
import type { Generator } from '../generator.ts';

interface ErrorEntry {
  readonly status: number;
  readonly exit: number;
  readonly retryable: boolean;
  readonly message: string;
}

const HEAD = `# Errors

<!-- Written by \`npm run generate\` from the error registry; edit packages/contract/src/errors.ts instead. -->

Every refusal carries one of these codes, over HTTP, in the command line and in events. Words in braces are
replaced by what the refusal is about. "Retry" means that the same request can succeed later without a change.

| Code | HTTP | Exit | Retry | Message |
|---|---|---|---|---|
`;

/** docs/errors.md: the error registry as a table, sorted by code. */
export const errorsPage: Generator = {
  output: 'docs/errors.md',
  render: () => renderErrorsPage(ERRORS),
};

/** The page for a registry of errors. */
export function renderErrorsPage(errors: Readonly<Record<string, ErrorEntry>>): string {
  const rows = Object.entries(errors)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([code, { status, exit, retryable, message }]) =>
      [
        '',
        ` \`${code}\` `,
        ` ${status} `,
        ` ${exit} `,
        retryable ? ' yes ' : ' no ',
        ` ${escapeCell(message)} `,
        '',
      ].join('|'),
    );
  return `${HEAD}${rows.join('\n')}\n`;
}

function escapeCell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\s+/g, ' ').trim();
}
