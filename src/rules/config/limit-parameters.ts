import type { Parameter } from './parameter.ts';

/** How much a client may do, and how long it may take: parameters of PARAMETERS. */
export const LIMIT_PARAMETERS = {
  smtpd_recipient_limit: {
    type: 'integer',
    default: '50000',
    min: 1,
    meaning: 'Greatest number of recipients of one message. Postfix: 1000.',
  },
  smtpd_client_connection_count_limit: {
    type: 'integer',
    default: '0',
    min: 0,
    meaning:
      'Greatest number of connections at the same time from one client; 0: any. Like the limits of `smtpd_client_message_rate_limit` and its kin it holds in strict mode; otherwise the session says what Postfix would say. Postfix: 50.',
  },
  smtpd_timeout: {
    type: 'time',
    default: '300s',
    min: 1,
    meaning: 'How long to wait for a client’s next octets, or for it to take ours, before the connection is closed.',
  },
  smtpd_per_request_deadline: {
    type: 'boolean',
    default: 'yes',
    meaning:
      'Whether `smtpd_timeout` is for a whole command or message, to which octets of content add time by `smtpd_min_data_rate`, so that nobody holds a connection for ever who sends an octet now and then. Postfix: no, unless it is under stress.',
  },
  line_length_limit: {
    type: 'octets',
    default: '2048',
    min: 512,
    meaning: 'Greatest length of a command line in octets; the rest is skipped, as in Postfix.',
  },
} as const satisfies Record<string, Parameter>;
