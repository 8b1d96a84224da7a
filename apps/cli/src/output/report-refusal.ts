import { ERRORS } from '@quarterdeck/contract/errors';
import type { Refusal } from '@quarterdeck/contract/result';
import type { Context } from '../command/context.ts';
import { createPaint, wantsColour } from './paint.ts';
import { plainText } from './plain-text.ts';

/** Writes a refusal to standard error and returns the exit code the error registry gives it. */
export function reportRefusal(context: Context, refusal: Refusal): number {
  const { stderr, env } = context.terminal;
  if (context.isJson) {
    stderr.write(`${JSON.stringify({ error: { details: {}, ...refusal } })}\n`);
  } else {
    const paint = createPaint(wantsColour(stderr, env));
    stderr.write(`${paint('red', '✕')} ${plainText(refusal.message)}\n${adviceFor(context, refusal)}`);
  }
  return ERRORS[refusal.code].exit;
}

function adviceFor({ place }: Context, { code }: Refusal): string {
  if (code !== 'sign_in_required') return '';
  if (place.token)
    return `  The token for ${place.url} was not accepted. Check QUARTERDECK_TOKEN and QUARTERDECK_HOME.\n`;
  return `  There is no token for ${place.url}. Set QUARTERDECK_TOKEN, or QUARTERDECK_HOME to the server's home folder.\n`;
}
