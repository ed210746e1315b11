import { Type, type Static } from 'typebox';
import { Journey } from './journey.ts';

const Endpoint = Type.Object({ address: Type.String(), port: Type.Integer() });

/** A session as a list shows it. */
export const SessionSummary = Type.Object({
  id: Type.String(),
  startedAt: Type.String({ description: 'RFC 3339' }),
  endedAt: Type.Optional(Type.String({ description: 'RFC 3339; absent while it goes on' })),
  client: Endpoint,
  server: Endpoint,
  helo: Type.Optional(Type.String({ description: 'What the client called itself' })),
  username: Type.Optional(Type.String({ description: 'SASL login' })),
  tls: Type.Optional(
    Type.Object({
      protocol: Type.String(),
      cipher: Type.String(),
      certificate: Type.Optional(
        Type.Object(
          {
            subject: Type.String({ description: 'Its common name' }),
            issuer: Type.String({ description: 'The common name of who issued it, else the organization' }),
            fingerprint: Type.String({ description: 'By smtpd_tls_fingerprint_digest' }),
            isTrusted: Type.Boolean({ description: 'An authority of smtpd_tls_CAfile vouches for it' }),
          },
          { description: 'What the client showed of itself' },
        ),
      ),
    }),
  ),
  lineCount: Type.Integer({ description: 'Of the dialogue, as far as it is kept' }),
  queueIds: Type.Array(Type.String(), {
    description: 'Given out in it, oldest first, whether or not a message was kept; at most 1000',
  }),
  noticeCount: Type.Integer({ description: 'How often Postfix would tell the postmaster of it' }),
});
export type SessionSummary = Static<typeof SessionSummary>;

/** A line of the dialogue. */
export const SessionLine = Type.Object({
  at: Type.String({ description: 'RFC 3339' }),
  afterMs: Type.Number({ description: 'Since the session began' }),
  from: Type.Union([Type.Literal('client'), Type.Literal('server'), Type.Literal('note')], {
    description: '`note`: a remark of this program',
  }),
  text: Type.String({ description: 'Without its line end; no content, and secrets masked' }),
  isPipelined: Type.Optional(
    Type.Literal(true, { description: 'Of the client: sent before the reply to its command before could be read' }),
  ),
});
export type SessionLine = Static<typeof SessionLine>;

/** What Postfix would send to the postmaster of what went wrong in a session; here it is neither sent nor kept as mail. */
export const SessionNotice = Type.Object({
  queueId: Type.String(),
  at: Type.String({ description: 'RFC 3339' }),
  recipient: Type.String({ description: 'As error_notice_recipient or bounce_notice_recipient has it' }),
  classes: Type.Array(Type.String(), { description: 'What went wrong, in the words of notify_classes' }),
  reason: Type.Optional(Type.String({ description: 'Why the session ended before its time, in Postfix’s words' })),
  text: Type.String({ description: 'The message, headers and all; secrets masked' }),
  journey: Journey,
});
export type SessionNotice = Static<typeof SessionNotice>;

/** A session with its dialogue. */
export const Session = Type.Object({
  ...SessionSummary.properties,
  lines: Type.Array(SessionLine),
  notices: Type.Array(SessionNotice),
  truncated: Type.Boolean({ description: 'There was more than is kept: 256 KB' }),
});
export type Session = Static<typeof Session>;

/** Sessions, newest first. */
export const SessionList = Type.Object({ sessions: Type.Array(SessionSummary) });
export type SessionList = Static<typeof SessionList>;

/** The session that a message came in. */
export const MessageSession = Type.Object({
  ...Session.properties,
  startLine: Type.Integer({ description: 'The message’s first line in the dialogue, from 0' }),
  endLine: Type.Integer({ description: 'The one after its last' }),
  messages: Type.Array(
    Type.Object({
      ID: Type.String(),
      Subject: Type.String(),
      From: Type.String({ description: 'Reverse-path' }),
      To: Type.Array(Type.String(), { description: 'The first 100 forward-paths' }),
      Size: Type.Integer(),
    }),
    { description: 'Those that came in it and are kept, oldest first, this one too; of more than 100 the nearest' },
  ),
});
export type MessageSession = Static<typeof MessageSession>;
