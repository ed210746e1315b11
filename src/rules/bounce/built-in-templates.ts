import type { Octets } from '../octets.ts';

/** What a template is for, in the order in which they are printed. */
export const TEMPLATE_CLASSES = ['failure', 'delay', 'success', 'verify'] as const;

/** What a template is for. */
export type TemplateClass = (typeof TEMPLATE_CLASSES)[number];

/** What a notification says before it comes to details. */
export interface BounceTemplate {
  readonly class: TemplateClass;
  /** The file that it comes from, or `[built-in]`. */
  readonly origin: string;
  readonly charset: Octets;
  readonly from: Octets;
  /** With header_from_format = obsolete; absent where the file has a From of its own. */
  readonly obsoleteFrom?: Octets;
  readonly subject: Octets;
  /** Of the copy for the postmaster; absent where there is none. */
  readonly postmasterSubject?: Octets;
  /** Lines, `$name` not expanded. */
  readonly text: readonly Octets[];
}

const HOST = ['This is the mail system at host $myhostname.', ''];

const HELP = [
  'For further assistance, please send mail to postmaster.',
  '',
  'If you do so, please include this problem report. You can',
  'delete your own text from the attached returned message.',
  '',
];

const SIGNED = '                   The mail system';

const COMMON = {
  origin: '[built-in]',
  charset: 'us-ascii',
  from: 'Mail Delivery System <MAILER-DAEMON>',
  obsoleteFrom: 'MAILER-DAEMON (Mail Delivery System)',
};

/** The templates of Postfix itself. @see bounce(5) */
export const BUILT_IN_TEMPLATES: Readonly<Record<TemplateClass, BounceTemplate>> = {
  failure: {
    ...COMMON,
    class: 'failure',
    subject: 'Undelivered Mail Returned to Sender',
    postmasterSubject: 'Postmaster Copy: Undelivered Mail',
    text: [
      ...HOST,
      "I'm sorry to have to inform you that your message could not",
      "be delivered to one or more recipients. It's attached below.",
      '',
      ...HELP,
      SIGNED,
    ],
  },
  delay: {
    ...COMMON,
    class: 'delay',
    subject: 'Delayed Mail (still being retried)',
    postmasterSubject: 'Postmaster Warning: Delayed Mail',
    text: [
      ...HOST,
      '####################################################################',
      '# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #',
      '####################################################################',
      '',
      'Your message could not be delivered for more than $delay_warning_time_hours hour(s).',
      'It will be retried until it is $maximal_queue_lifetime_days day(s) old.',
      '',
      ...HELP,
      SIGNED,
    ],
  },
  success: {
    ...COMMON,
    class: 'success',
    subject: 'Successful Mail Delivery Report',
    text: [
      ...HOST,
      'Your message was successfully delivered to the destination(s)',
      'listed below. If the message was delivered to mailbox you will',
      'receive no further notifications. Otherwise you may still receive',
      'notifications of mail delivery errors from other systems.',
      '',
      SIGNED,
    ],
  },
  verify: {
    ...COMMON,
    class: 'verify',
    subject: 'Mail Delivery Status Report',
    text: [...HOST, 'Enclosed is the mail delivery report that you requested.', '', SIGNED],
  },
};
