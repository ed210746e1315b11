import { Type, type Static } from 'typebox';

/** What the HTML of a message would load, and what was left out of it. */
export const HtmlContents = Type.Object({
  Length: Type.Integer({ description: 'Characters of the HTML as it was sent' }),
  ShownLength: Type.Integer({ description: 'So many of them are read: all with `all=1`' }),
  Remote: Type.Array(
    Type.Object({
      Host: Type.String({ description: 'With the port, unless it is the usual one' }),
      Count: Type.Integer({ description: 'Addresses there' }),
      Near: Type.Boolean({ description: 'This machine or its network: loaded only if it is named' }),
    }),
    { description: 'Hosts that images, styles, fonts or media would be loaded from, in order' },
  ),
  LargeImages: Type.Array(
    Type.Object({ ContentID: Type.String(), PartID: Type.String(), Size: Type.Integer({ description: 'Octets' }) }),
    { description: 'Inline images over 2 MB: shown with `images=1`' },
  ),
  MissingImages: Type.Array(Type.String(), {
    description: 'Content-IDs that no part of the message has, or one that is no image',
  }),
  Removed: Type.Array(Type.Object({ Name: Type.String(), Count: Type.Integer() }), {
    description: 'Elements and attributes that were left out: `<script>`, `onclick`',
  }),
  Addresses: Type.Array(Type.String(), {
    description: 'Links of other schemes than http, https, mailto and tel: they are text',
  }),
});
export type HtmlContents = Static<typeof HtmlContents>;
