import { Type, type Static } from 'typebox';

/** The body of `DELETE /messages`. Names match without regard to case; a `null` counts as absent. */
export const DeleteMessages = Type.Object({
  IDs: Type.Optional(Type.Array(Type.String(), { description: 'Which messages; none or absent: all' })),
});

/** The body of `PUT /messages`. */
export const SetRead = Type.Object({
  Read: Type.Optional(Type.Boolean({ description: 'Default false' })),
  IDs: Type.Optional(Type.Array(Type.String(), { description: 'Which messages; none or absent: those found, or all' })),
  Search: Type.Optional(Type.String({ description: 'The messages that this search finds' })),
});

const Mailbox = Type.Object({
  Email: Type.Optional(Type.String()),
  Name: Type.Optional(Type.String()),
});

/** The body of `POST /send`. */
export const SendRequest = Type.Object({
  From: Type.Optional(Mailbox),
  To: Type.Optional(Type.Array(Mailbox)),
  Cc: Type.Optional(Type.Array(Mailbox)),
  Bcc: Type.Optional(Type.Array(Type.String(), { description: 'Plain addresses' })),
  ReplyTo: Type.Optional(Type.Array(Mailbox)),
  Subject: Type.Optional(Type.String()),
  Text: Type.Optional(Type.String()),
  HTML: Type.Optional(Type.String()),
  Attachments: Type.Optional(
    Type.Array(
      Type.Object({
        Content: Type.Optional(Type.String({ description: 'Base64; a `data:` URL will do' })),
        Filename: Type.Optional(Type.String()),
        ContentType: Type.Optional(Type.String({ description: 'Default: by the name' })),
        ContentID: Type.Optional(Type.String({ description: 'Makes it an inline part' })),
      }),
    ),
  ),
  Tags: Type.Optional(Type.Array(Type.String(), { description: 'Written as X-Tags' })),
  Headers: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'Further header fields' })),
});
export type SendRequest = Static<typeof SendRequest>;

/** What `POST /send` answers. */
export const SendConfirmation = Type.Object({ ID: Type.String({ description: 'The queue ID' }) });
export type SendConfirmation = Static<typeof SendConfirmation>;

/** What `POST /send` answers when it can’t. */
export const SendError = Type.Object({ Error: Type.String() });

/** The body of `POST /message/{id}/release`. */
export const ReleaseMessage = Type.Object({ To: Type.Optional(Type.Array(Type.String())) });

/** The body of `PUT /tags`. */
export const SetTags = Type.Object({
  Tags: Type.Optional(Type.Array(Type.String(), { description: 'None or absent: the messages lose their tags' })),
  IDs: Type.Optional(Type.Array(Type.String(), { description: 'Which messages' })),
});

/** The body of `PUT /tags/{tag}`. */
export const RenameTag = Type.Object({ Name: Type.Optional(Type.String({ description: 'Its new name' })) });
