import { Type } from 'typebox';

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

/** The body of `PUT /tags`. */
export const SetTags = Type.Object({
  Tags: Type.Optional(Type.Array(Type.String(), { description: 'None or absent: the messages lose their tags' })),
  IDs: Type.Optional(Type.Array(Type.String(), { description: 'Which messages' })),
});

/** The body of `PUT /tags/{tag}`. */
export const RenameTag = Type.Object({ Name: Type.Optional(Type.String({ description: 'Its new name' })) });
