import type { View } from '../../rules/world.ts';

/**
 * What a client did wrong since its last message was taken. Postfix answers slowly once it is too much, and in the end
 * hangs up.
 * @see postconf(5), smtpd_soft_error_limit, smtpd_hard_error_limit, smtpd_error_sleep_time, smtpd_junk_command_limit
 */
export interface ClientErrors {
  /** Counts a command that was answered. @param isJunk it can be said for ever without sending mail: NOOP, RSET … */
  add(command: { readonly isRefused: boolean; readonly isJunk: boolean }): void;
  /** A message was taken: all is forgiven. */
  forgive(): void;
  /** How long the next reply is held back, in ms. */
  delayMs(): number;
  isTooMuch(): boolean;
}

/** Begins to count. @param view without it, everything is borne */
export function openClientErrors(view: View | undefined): ClientErrors {
  let errors = 0;
  let junk = 0;
  return {
    add({ isRefused, isJunk }) {
      if (view === undefined) return;
      if (isRefused) errors += 1;
      if (!isJunk) return;
      if (junk > view.integer('smtpd_junk_command_limit')) errors += 1;
      junk += 1;
    },
    forgive() {
      errors = 0;
      junk = 0;
    },
    delayMs: () =>
      view === undefined || errors < view.integer('smtpd_soft_error_limit')
        ? 0
        : view.seconds('smtpd_error_sleep_time') * 1000,
    isTooMuch: () => view !== undefined && errors >= view.integer('smtpd_hard_error_limit'),
  };
}
