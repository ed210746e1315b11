import { expect, test } from 'vitest';
import { isShownImage, isShownSource } from '../../../web/src/message/parts.ts';

test.for([
  { type: 'image/png', shown: 'image' },
  { type: 'image/svg+xml', shown: 'source' },
  { type: 'text/html', shown: 'source' },
  { type: 'application/xml', shown: 'source' },
  { type: 'application/xhtml+xml', shown: 'source' },
  { type: 'application/ld+json', shown: 'source' },
  { type: 'message/rfc822', shown: 'source' },
  { type: 'application/pdf', shown: 'nothing' },
  { type: 'image/tiff', shown: 'nothing' },
])('of $type $shown is shown', ({ type, shown }) => {
  expect(isShownImage(type) ? 'image' : isShownSource(type) ? 'source' : 'nothing').toBe(shown);
});
