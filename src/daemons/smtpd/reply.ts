/** A reply to a command (RFC 5321 §4.2). */
export interface SmtpReply {
  /** 200–599. After 421 and 521 the connection is closed. */
  readonly code: number;
  /** RFC 3463: `5.7.1`. */
  readonly enhanced?: string;
  /** On one line. */
  readonly text: string;
}

/** The answer that hangs up without a word. */
export const HANG_UP = '';

/** The answer that is given only when the octets that follow are there. */
export const LATER = '\0';

/** Writes a reply as the line that is sent, without its line end: `550 5.1.1 User unknown`. */
export function formatReply({ code, enhanced, text }: SmtpReply): string {
  return [code, enhanced, text.replaceAll(/[\0-\x1f\x7f]/g, ' ')].filter((part) => part !== undefined).join(' ');
}

/** Whether a reply line refuses: 4xx, 5xx. */
export function isRefusal(reply: string): boolean {
  return reply.startsWith('4') || reply.startsWith('5');
}

/** Whether the server hangs up after this reply, as Postfix does. */
export function isLastReply(reply: string): boolean {
  return reply.startsWith('221') || reply.startsWith('421') || reply.startsWith('521');
}
