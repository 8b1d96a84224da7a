import { oneLine } from '../acp/clip.ts';
import type { Failure } from '../acp/recognise-failure.ts';
import { recogniseFailure } from '../acp/recognise-failure.ts';
import { partNotices } from './agent-notices.ts';
import { asSentence, cleanReason } from './clean-reason.ts';
import { failureText } from './failure-words.ts';

/** What an agent did in a turn that has ended without a word of its own about how it went. */
export interface EndedTurn {
  readonly stopReason: string;
  /** A tool call of it succeeded. */
  readonly hasWorked: boolean;
  /** The last message it wrote in it. */
  readonly lastMessage: string;
}

/** Longer texts are work that speaks of errors. */
const LONGEST = 4000;
/** A provider's or agent's own form of an error: nobody begins a report of work so. */
const SURE =
  /^\W{0,3}(?:api error\b|unexpected status \d|stream error\b|stream disconnected|(?:error|execution failed|request failed|llm error)\s*:\s*(?:\W?\d{3}\b|.*\b(?:http|status(?: code)?)\W{0,2}\d{3}\b|\{)|\{\s*"(?:error|type|message|code|status)"|[45]\d\d \{|you(?:'|’)?(?:ve| have) (?:hit|reached|exceeded|exhausted) (?:your|the)\b|(?:claude(?: ai)? |5-hour |weekly |daily |session |monthly )+(?:usage )?limit reached|credit balance is too low|invalid api key|prompt is too long|please run \/login|not logged in|sorry, you(?:'|’)ve hit)/i;
/** How an error may begin, and also a report: what it means must be recognised. */
const LIKELY =
  /^\W{0,3}(?:(?:fatal |provider |model |network |authentication |auth |server |request |connection |http |api)?error\s*:|(?:\w+error|exception)\s*:|failed to\b|failure\s*:|request failed|(?:model|llm|api) (?:call|request) failed|authentication (?:failed|required)|unauthori[sz]ed|rate limit|too many requests|quota|usage limit|usage_limit|could ?n[o']t (?:connect|reach|authenticate)|unable to (?:connect|reach|authenticate)|connection (?:error|refused|reset|failed)|(?:the )?(?:\S+ )?model\b[^\n]{0,80}(?:not found|does not exist|not supported)|there(?:'|’)s an issue with the selected model|model not found|[45]\d\d\b|internal server error|service unavailable|overloaded)/i;

/**
 * The failure that a turn was, when all an agent did in it was to say an error; null otherwise. A turn in which a tool call succeeded was
 * work, whatever is said at its end.
 */
export function saidFailure({ stopReason, hasWorked, lastMessage }: EndedTurn, now: number): Failure | null {
  const said = partNotices(lastMessage.slice(0, LONGEST * 2)).rest.trim();
  if (stopReason === 'refusal')
    return {
      hint: 'content_refused',
      message: failureText('content_refused', cleanReason(said), null),
      resetAt: null,
    };
  if (stopReason !== 'end_turn' || hasWorked || said === '' || said.length > LONGEST) return null;
  if (SURE.test(said)) return recogniseFailure(said, 'crashed', now);
  if (!LIKELY.test(said)) return null;
  const failure = recogniseFailure(said, 'crashed', now);
  return failure.hint === 'crashed' ? null : failure;
}

/** The end of what an agent said, for a person who wants to know why it stopped. */
export function lastWords(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return asSentence(oneLine(lines.at(-1) ?? '', 200));
}
