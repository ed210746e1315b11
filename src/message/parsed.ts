import type { MailCheck } from './mail-check.ts';
import type { MessageSummary } from './summary.ts';

/** Raised whenever the parser's result changes shape or meaning: older results are made again. */
export const PARSER_VERSION = 3;

/** A node of the MIME tree. Octet offsets count from the first octet of the raw message. */
export interface MimePart {
  /** Path in the tree: `1`, `1.2`; `0` for a message that is a single part, `` for a multipart root. */
  readonly partId: string;
  /** Lower case, without parameters: `text/plain`. */
  readonly contentType: string;
  readonly charset?: string;
  /** Content-Transfer-Encoding in lower case: `base64`, `quoted-printable`, `7bit` … */
  readonly encoding: string;
  readonly disposition?: 'inline' | 'attachment';
  /** Decoded; hostile: never a path. */
  readonly fileName?: string;
  /** Without angle brackets. */
  readonly contentId?: string;
  /** First octet of the part's header block. */
  readonly headerStart: number;
  /** First octet of the (still encoded) body, and the octet after its last. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
  /** Decoded; of a multipart, the octets of its body. */
  readonly sizeBytes: number;
  /** Hexadecimal sums of the decoded octets; absent for multiparts. */
  readonly sums?: { readonly md5: string; readonly sha1: string; readonly sha256: string };
  readonly children: readonly MimePart[];
}

/** Something about a message that its reader should know. */
export interface MessageFinding {
  /** Stable: `lost-octets`, `text-cut` … */
  readonly code: string;
  /** One sentence: what is wrong and what that means for what is shown. */
  readonly text: string;
}

/** What `List-Unsubscribe` and `List-Unsubscribe-Post` say (RFC 2369, RFC 8058). */
export interface ListUnsubscribe {
  readonly header: string;
  readonly links: readonly string[];
  /** Why it can't be used; empty when it can. */
  readonly errors: string;
  readonly headerPost: string;
}

/** What the parser found in a message: for eyes, never for decisions. Plain data. */
export interface ParsedMessage {
  /** From the whole header block, where the one made at the commit saw the first 64 KB. */
  readonly summary: MessageSummary;
  /** At most 200 octets of UTF-8 of visible text on one line, then `...` if there was more. */
  readonly snippet: string;
  readonly root: MimePart;
  /** Parts to be saved; and named ones that belong to what is shown. */
  readonly attachmentCount: number;
  readonly inlineCount: number;
  readonly hasHtml: boolean;
  readonly hasText: boolean;
  /** http and https links of HTML and text, in order, each once; at most 1,000. */
  readonly links: readonly string[];
  /** One-time codes found in the text. */
  readonly codes: readonly string[];
  readonly listUnsubscribe: ListUnsubscribe;
  readonly findings: readonly MessageFinding[];
  /** What may go wrong with it elsewhere. */
  readonly checks: readonly MailCheck[];
  /** How many header fields it has. */
  readonly fieldCount: number;
}

/** A parsed message as JSON has it; one that an older parser read, and that is read again soon, has no checks. */
export function readParsedMessage(json: string): ParsedMessage {
  const parsed = JSON.parse(json) as Omit<ParsedMessage, 'checks' | 'fieldCount'>;
  return { checks: [], fieldCount: 0, ...parsed };
}

/** What comes back from the parser: the message, with the text that search indexes, or why it can't be parsed. */
export type ParseOutcome =
  | {
      readonly parsed: ParsedMessage;
      /** Visible text of the message, at most 256 KB of UTF-8. */
      readonly searchText: string;
      /** File names of parts. */
      readonly fileNames: readonly string[];
    }
  | { readonly failure: string };
