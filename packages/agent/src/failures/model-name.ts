const NAME = '[`\'"“(]?([a-z0-9][\\w.:/@-]{1,99})[`\'"”)]?';
const FORMS: readonly RegExp[] = [
  /\bmodels?\/([a-z0-9][\w.:@-]{1,99}) (?:is|was) not/i,
  new RegExp(`\\bmodel(?: not found)?:\\s*${NAME}`, 'i'),
  new RegExp(`\\b(?:selected|requested|unknown|unsupported|invalid) model:? (?:name )?${NAME}`, 'i'),
  /\bmodel (?:named |name |id |identifier )?[`'"“(]([a-z0-9][\w.:/@-]{1,99})[`'"”)]/i,
  new RegExp(`\\b(?:the )?${NAME} model (?:is|does|was|may|has)`, 'i'),
  new RegExp(`\\bmodel ${NAME} (?:is|does|was|may|has|not)`, 'i'),
  /[`'"]([a-z0-9][\w.:/@-]{1,99})[`'"] (?:is not (?:a valid|an available|supported|available)|was not found|does not exist|model)/i,
];
const NO_NAMES =
  /^(?:not|is|does|may|was|has|the|a|that|this|your|selected|requested|it|name|id|found|error|invalid|unknown|metadata|provider|response|which)$/i;

/** The model that an error is about; null when it names none. */
export function modelIn(text: string): string | null {
  const found = FORMS.map((form) => text.match(form)?.[1]?.replace(/[.:,]+$/, '')).find(
    (name) => name !== undefined && !NO_NAMES.test(name),
  );
  return found ?? null;
}
