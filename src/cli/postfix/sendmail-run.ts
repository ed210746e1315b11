import type { Octets } from '../../rules/octets.ts';
import type { PostfixConfiguration } from '../../settings/postfix-configuration.ts';
import type { Context } from '../context.ts';
import type { OwnOptions } from './own-options.ts';
import type { SendmailRequest } from './sendmail-options.ts';

/** A run of sendmail(1), by one of its names. */
export interface SendmailRun {
  /** As it is called in messages. */
  readonly name: string;
  readonly config: PostfixConfiguration;
  readonly request: SendmailRequest;
  readonly own: OwnOptions;
  readonly context: Context;
  /** Prints a line of the tool's own. @param line `warning: …` */
  readonly say: (line: Octets) => void;
}
