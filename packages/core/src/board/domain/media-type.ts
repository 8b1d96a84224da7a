const UNKNOWN = 'application/octet-stream';

/** What a browser may show by itself: pictures without scripts in them. */
const PICTURES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};
const OTHERS: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  json: 'application/json',
  html: 'text/html',
  htm: 'text/html',
  zip: 'application/zip',
  gz: 'application/gzip',
  mp4: 'video/mp4',
  webm: 'video/webm',
};
const TEXTS = new Set(
  'txt md markdown log csv tsv diff patch yaml yml toml ini conf ts tsx js mjs cjs jsx py rs go java kt c h cpp hpp cs rb php sh sql css'.split(
    ' ',
  ),
);

/** The media type a file's name stands for; what its sender claims does not count. */
export function mediaTypeOf(name: string): string {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (TEXTS.has(extension)) return 'text/plain';
  return lookUp(PICTURES, extension) ?? lookUp(OTHERS, extension) ?? UNKNOWN;
}

/** How the bytes are sent: only pictures and plain text as what they are and, when asked for, inside the page. */
export function servedAs(
  mediaType: string,
  wantsInline: boolean,
): { readonly contentType: string; readonly isInline: boolean } {
  if (mediaType === 'text/plain') return { contentType: 'text/plain; charset=utf-8', isInline: wantsInline };
  if (Object.values(PICTURES).includes(mediaType)) return { contentType: mediaType, isInline: wantsInline };
  return { contentType: UNKNOWN, isInline: false };
}

function lookUp(table: Readonly<Record<string, string>>, extension: string): string | undefined {
  return Object.hasOwn(table, extension) ? table[extension] : undefined;
}
