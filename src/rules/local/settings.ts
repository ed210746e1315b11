import type { Octets } from '../octets.ts';
import type { Maps } from '../tables/maps.ts';
import type { View } from '../world.ts';

/** What leads from one address to others. */
export type Expansion = 'alias' | 'forward' | 'include';

/** What local(8) reads of its configuration. @see local(8), "CONFIGURATION PARAMETERS" */
export interface LocalSettings {
  readonly aliases: Maps;
  readonly mailboxTransports: Maps;
  readonly mailboxCommands: Maps;
  readonly fallbackTransports: Maps;
  readonly delimiter: Octets;
  /** From where mail may go to commands, and to files. */
  readonly toCommands: ReadonlySet<string>;
  readonly toFiles: ReadonlySet<string>;
  /** propagate_unmatched_extensions. */
  readonly propagates: ReadonlySet<string>;
  /** prepend_delivered_header. */
  readonly prepends: ReadonlySet<string>;
  /** The words of forward_path, `$name` left in them. */
  readonly forwardPath: readonly Octets[];
  readonly ownerIsSpecial: boolean;
  readonly expandsOwner: boolean;
  readonly resetsOwner: boolean;
  readonly freezesDelivered: boolean;
  /** How many things a recipient's duplicates are told by; 0: all. */
  readonly duplicateLimit: number;
  /** In octets, for files and maildirs; 0: no limit. */
  readonly mailboxLimit: number;
  /** Why the daemon can't run at all, in its last words. */
  readonly fatal?: Octets;
}

/** Reads the settings once a view. */
export function readLocalSettings(view: View): LocalSettings {
  return view.once('local', () => {
    const mailboxLimit = view.integer('mailbox_size_limit');
    const messageLimit = view.integer('message_size_limit');
    const isTooSmall = mailboxLimit !== 0 && (mailboxLimit < messageLimit || messageLimit === 0);
    return {
      aliases: view.maps('alias_maps'),
      mailboxTransports: view.maps('mailbox_transport_maps'),
      mailboxCommands: view.maps('mailbox_command_maps'),
      fallbackTransports: view.maps('fallback_transport_maps'),
      delimiter: view.get('recipient_delimiter').charAt(0),
      toCommands: readMask(view, 'allow_mail_to_commands'),
      toFiles: readMask(view, 'allow_mail_to_files'),
      propagates: readMask(view, 'propagate_unmatched_extensions'),
      prepends: readMask(view, 'prepend_delivered_header'),
      forwardPath: (view.raw('forward_path') ?? '').split(/[, \t\r\n]+/).filter((word) => word !== ''),
      ownerIsSpecial: view.isYes('owner_request_special'),
      expandsOwner: view.isYes('expand_owner_alias'),
      resetsOwner: view.isYes('reset_owner_alias'),
      freezesDelivered: view.isYes('frozen_delivered_to'),
      duplicateLimit: view.integer('duplicate_filter_limit'),
      mailboxLimit,
      ...(isTooSmall && { fatal: 'configuration error: mailbox_size_limit is smaller than message_size_limit' }),
    };
  });
}

function readMask(view: View, parameter: Octets): ReadonlySet<string> {
  return new Set(view.words(parameter).map((word) => word.toLowerCase()));
}
