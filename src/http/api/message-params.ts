import { Type } from 'typebox';

/** The path of a message's routes. */
export const MessageParams = Type.Object({ id: Type.String({ description: 'A message’s ID, or `latest`' }) });
