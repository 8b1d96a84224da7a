/** Parses JSON in which people write comments and trailing commas, as some agents allow in their settings. Throws like `JSON.parse`. */
export function parseJsonc(text: string): unknown {
  // Strings are matched first, so that what looks like a comment inside one stays.
  const bare = text.replace(
    /("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, string: string | undefined) => (string === undefined ? ' ' : string),
  );
  const strict = bare.replace(
    /("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g,
    (_, string: string | undefined) => string ?? '',
  );
  return JSON.parse(strict.replace(/^\uFEFF/, ''));
}
