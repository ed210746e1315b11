import { Type, type Static } from 'typebox';
import { CHECK_CODES, type CheckCode } from '../../../message/check-codes.ts';
import { JourneyStep } from './journey.ts';

/** A feature of HTML or CSS that a mail uses, and that not every mail program has. */
export const HTMLCheckWarning = Type.Object({
  Slug: Type.String(),
  Title: Type.String(),
  Description: Type.String({ description: 'HTML' }),
  URL: Type.String({ description: 'At caniemail.com' }),
  Category: Type.String({ description: '`css`, `html`, `image` or `others`' }),
  Tags: Type.Array(Type.String()),
  Keywords: Type.String(),
  Results: Type.Array(
    Type.Object({
      Name: Type.String(),
      Platform: Type.String(),
      Family: Type.String(),
      Version: Type.String(),
      Support: Type.Union([Type.Literal('yes'), Type.Literal('no'), Type.Literal('partial')]),
      NoteNumber: Type.String({ description: 'Of NotesByNumber, or empty' }),
    }),
  ),
  NotesByNumber: Type.Record(Type.String(), Type.String({ description: 'HTML' })),
  Score: Type.Object({
    Found: Type.Integer({ description: 'How often it is used' }),
    Supported: Type.Number({ description: 'Percent of the programs' }),
    Partial: Type.Number(),
    Unsupported: Type.Number(),
  }),
});
export type HTMLCheckWarning = Static<typeof HTMLCheckWarning>;

/** Which mail programs show an HTML as it is meant. */
export const HTMLCheckResponse = Type.Object({
  Warnings: Type.Array(HTMLCheckWarning, { description: 'The gravest first' }),
  Platforms: Type.Record(Type.String(), Type.Array(Type.String())),
  Total: Type.Object({
    Tests: Type.Integer(),
    Nodes: Type.Integer({ description: 'Elements' }),
    Supported: Type.Number({ description: 'Percent' }),
    Partial: Type.Number(),
    Unsupported: Type.Number(),
  }),
});
export type HTMLCheckResponse = Static<typeof HTMLCheckResponse>;

/** What came of asking for links. */
export const LinkCheckResponse = Type.Object({
  Errors: Type.Integer({ description: 'Links that were asked for and don’t answer, or answer 400 and more' }),
  Links: Type.Array(
    Type.Object({
      URL: Type.String(),
      StatusCode: Type.Integer({ description: '0: no answer, or not asked' }),
      Status: Type.String(),
    }),
  ),
});
export type LinkCheckResponse = Static<typeof LinkCheckResponse>;

/** What Postfix would do to a message that its sender may not expect. */
const JOURNEY_CHECK_CODES = [
  'recipients-lost',
  'recipients-wait',
  'sender-rewritten',
  'header-rewritten',
  'header-dropped',
  'header-added',
] as const;
/** One of them. */
export type JourneyCheckCode = (typeof JOURNEY_CHECK_CODES)[number];

/** What is known of a message that may go wrong elsewhere, and what cleanup(8) would change. */
export const ChecksResponse = Type.Object({
  Checks: Type.Array(
    Type.Object({
      Code: Type.Unsafe<CheckCode | JourneyCheckCode>({
        type: 'string',
        enum: [...CHECK_CODES, ...JOURNEY_CHECK_CODES],
        description: 'docs/api.md tells what each means',
      }),
      Weight: Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('note')]),
      Count: Type.Integer({ description: 'How many there are; of `clipped` and `large` how many octets' }),
      About: Type.Array(Type.String(), { description: 'Names and values that it is about, at most ten' }),
    }),
    { description: 'The weightiest first' },
  ),
  HeaderChanges: Type.Array(
    Type.Object({
      Before: Type.Optional(
        Type.String({ description: 'As sent, lines joined by LF; may be cut. Absent: it is added' }),
      ),
      After: Type.Optional(Type.String({ description: 'Absent: it is dropped' })),
      By: Type.Array(JourneyStep),
    }),
    { description: 'Headers that cleanup(8) would rewrite, drop or add' },
  ),
});
export type ChecksResponse = Static<typeof ChecksResponse>;
