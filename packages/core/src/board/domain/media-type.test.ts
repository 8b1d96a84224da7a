import { expect, it } from 'vitest';
import { mediaTypeOf, servedAs } from './media-type.ts';

it.each([
  ['shot.PNG', 'image/png', true],
  ['a.jpeg', 'image/jpeg', true],
  ['notes.md', 'text/plain', true],
  ['evil.svg', 'image/svg+xml', false],
  ['page.html', 'text/html', false],
  ['paper.pdf', 'application/pdf', false],
  ['constructor', 'application/octet-stream', false],
  ['a.constructor', 'application/octet-stream', false],
])('K21: %s is %s and shown inline: %s', (name, mediaType, isInline) => {
  expect(mediaTypeOf(name)).toBe(mediaType);
  expect(servedAs(mediaType, true).isInline).toBe(isInline);
  expect(servedAs(mediaType, false).isInline).toBe(false);
  if (!isInline) expect(servedAs(mediaType, true).contentType).toBe('application/octet-stream');
});
