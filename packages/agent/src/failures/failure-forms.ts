import type { FailureHint } from '@quarterdeck/contract/journal';

/** What can be recognised by what an agent says; how it ended is known without that. */
export type SaidHint = Exclude<FailureHint, 'crashed' | 'start_failed'>;

interface Forms {
  /** Words that mean this whatever the status is. */
  readonly sure: RegExp | null;
  /** Words that mean it when nothing more certain speaks against it. */
  readonly likely: RegExp | null;
}

/**
 * How agents and the providers behind them say what is wrong. Measured with the agents that come built in and read in what they print;
 * in doubt a form is left out: what is not recognised is told in the agent's own words.
 */
export const FORMS: Readonly<Record<SaidHint, Forms>> = {
  quota_used_up: {
    sure: new RegExp(
      [
        'exhausted your (?:\\w+ ){0,3}(?:quota|capacity|credits)',
        '(?:daily|weekly|monthly|hourly|session|usage|spend(?:ing)?|billing|5-hour|plan|hard|message|premium request)s?[ _-](?:quota |usage )?(?:quota|limit|allowance|cap|credits)\\b[^.]{0,40}(?:reached|exceeded|exhausted|used up|hit)',
        '(?:hit|reached|exceeded|exhausted|used up) (?:your|the) (?:\\w+[ -]){0,4}(?:usage limit|limit\\b(?! of)|quota|allowance|credits)',
        'usage[_ ]limit[_ ](?:reached|exceeded)|usage limit has been reached|usage_not_included|limit reached\\|\\d',
        'insufficient[_ ](?:quota|credits?|balance|funds)|exceeded your current quota|quota_exceeded|you have no quota|no (?:available |remaining )?quota\\b',
        'credit balance is too low|out of (?:extra usage|credits|tokens for)|out of credits|billing[_ ](?:hard[_ ]limit|not active)|payment required|add (?:more )?credits|freeusagelimit',
        'quota (?:exceeded|reached|exhausted|used up)|limit \\S+ requests per day|\\b(?:per|a) day\\b[^.]{0,60}(?:exceeded|exhausted|limit)|(?:limit|quota)[^.]{0,60}\\bper day\\b',
      ].join('|'),
      'i',
    ),
    likely: null,
  },
  context_full: {
    sure: /context[_ ](?:length|window|limit)[_ ]?(?:exceeded|is full|full|overflow)|(?:prompt|input|conversation|message|request) is too (?:long|large)|maximum (?:context|prompt|input) (?:length|tokens)|exceeds? (?:the )?(?:model'?s? )?(?:maximum |available )?(?:context|number of tokens|token limit|input token)|input token count|ran out of room in the (?:model'?s )?context|too many (?:input )?tokens\b(?! per)|reduce the length of|request_too_large|string too long|context size has been exceeded/i,
    likely: null,
  },
  model_refused: {
    sure: /\bmodel_(?:not_found|not_available|not_supported|unavailable|deprecated)|modelnotfound|unknown model|no such model|invalid (?:model\b(?! response| output)|`?model`? (?:name|id|identifier))|unsupported model|\bmodel\b(?! metadata)[^.\n]{0,100}?\b(?:not found|does ?n[o']t exist|is not (?:supported|available|allowed|accessible|enabled|a valid)|not supported|may not exist|has been (?:deprecated|retired|removed|shut down)|is no longer (?:available|supported)|is (?:deprecated|unavailable for)|is unknown|was not found|could not be found|not recognized)|(?:not found|no access to|not have access to|not supported|issue with|is not available)[: ]{1,2}(?:the )?(?:selected |requested )?model\b|models?\/[\w.:-]+ (?:is|was) not|not_found_error[^\n]{0,40}\bmodel:|no (?:allowed )?providers? (?:are )?available for (?:the )?(?:selected )?model|no endpoints found for/i,
    likely: null,
  },
  content_refused: {
    sure: /content[_ ](?:filter|policy|management policy|moderation)|(?:violat\w+|against|breach\w*)[^.]{0,60}\b(?:usage|content|acceptable use|safety) polic|\b(?:usage|content|safety) polic[^.]{0,40}violat|blocked (?:due to|by|for|because of)[^.]{0,30}(?:safety|policy|content)|prohibited_content|finish ?reason:? ?["']?(?:safety|recitation|blocklist)|responsible ai|flagged (?:as|for|by)|invalid_prompt|safety (?:system|filter|classifier)s? (?:rejected|blocked|flagged)|cyber_policy/i,
    likely: null,
  },
  sign_in_needed: {
    sure: null,
    likely:
      /unauthori[sz]ed|unauthenticated|authenticat(?:e|ion)|\b(?:invalid|incorrect|missing|expired|no|wrong)[ _](?:x-)?api[ _-]?key|api[ _-]?key (?:not valid|is (?:invalid|missing|not set|required)|expired|not found|must be set)|api_key_invalid|not (?:logged|signed) ?in|(?:log|sign) ?in (?:first|again|required|is required)|(?:please|must|need to) (?:re-?)?(?:log|sign) ?in|please run \/login|\/login\b|\/auth\b|(?:token|credentials?|session|login)s? (?:has |have |is |are |was |were )?(?:expired|invalid|revoked|missing|not found|no longer valid)|(?:invalid|expired|missing|no) (?:\w+ )?(?:bearer|oauth|auth|access|refresh|credentials|token\b)|refresh_token|invalid_grant|permission[_ ]denied|\bforbidden\b|access denied/i,
  },
  rate_limited: {
    sure: null,
    likely:
      /rate.?limit|too many requests|too_many_requests|resource_exhausted|resource (?:has been )?exhausted|throttl(?:ed|ing)|(?:requests?|tokens?) per (?:minute|second|hour)|\bslow down\b|too many concurrent|concurrency limit/i,
  },
  provider_error: {
    sure: null,
    likely:
      /overloaded|internal server error|bad gateway|service (?:is )?(?:temporarily )?unavailable|gateway time-?out|server_error|api_error|\bunavailable\b|upstream (?:error|connect|request)|econnrefused|econnreset|econnaborted|enotfound|eai_again|etimedout|ehostunreach|enetunreach|epipe|und_err_|socket hang ?up|fetch failed|network (?:error|connection|is unreachable)|connection (?:error|refused|reset|closed|lost|timed? ?out|was closed|failed)|connection to [\w ]{1,30}(?:lost|closed|failed)|provider (?:reported|returned) an? error|stream (?:disconnected|error|closed|ended|was reset|interrupted)|response stream|(?:request|response|model|stream|idle|headers|body)(?: has)? time(?:d|s)? ?-?out|timed out waiting|could ?n[o']t (?:connect|reach)|failed to (?:connect|fetch|get (?:a )?response|reach)|unable to (?:connect|reach)|cannot connect|getaddrinfo|certificate|self.signed|error sending request|exceeded retry limit|retried \d+ times|retries (?:exhausted|exceeded)|no capacity|at capacity|server (?:is busy|had an error|error)|transient api error|empty (?:response|stream)|invalid response from|model is (?:loading|busy)/i,
  },
};

/** Limits of seconds and minutes, though "quota" is what some providers call them. */
export const SHORT_WINDOW =
  /per[_ ]?(?:minute|min|second|sec)\b|perminute|\b(?:rpm|tpm)\b|requests? per \d+ seconds|(?:minute|second)s? (?:limit|quota)/i;

/** Statuses that mean one thing with nearly every provider. */
export function hintOfStatus(status: number): SaidHint | null {
  if (status === 401 || status === 407) return 'sign_in_needed';
  if (status === 402) return 'quota_used_up';
  if (status === 413) return 'context_full';
  if (status === 429) return 'rate_limited';
  if (status >= 500 || status === 408 || status === 499) return 'provider_error';
  return null;
}
