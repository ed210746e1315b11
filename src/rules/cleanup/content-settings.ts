import type { HeaderClass, MimeFault, MimeOptions } from '../mime/mime-machine.ts';
import type { Octets } from '../octets.ts';
import type { Maps } from '../tables/maps.ts';
import type { RuleWorld, View } from '../world.ts';
import { readCharacters } from './character-filter.ts';
import type { CleanupRequest } from './cleanup-request.ts';

/** What cleanup(8)'s parameters say of content. */
export interface ContentSettings extends MimeOptions {
  readonly lineLimit: number;
  readonly hopLimit: number;
  readonly tokenLimit: number;
  /** message_drop_headers, in lower case */
  readonly dropped: ReadonlySet<Octets>;
  /** Undefined where there are none. */
  readonly headerChecks: Readonly<Record<HeaderClass, Maps | undefined>>;
  /** message_reject_characters */
  readonly rejected: ReadonlySet<Octets>;
  /** message_strip_characters */
  readonly stripped: ReadonlySet<Octets>;
  readonly bodyChecks: Maps | undefined;
  /** body_checks_size_limit; 0 for none */
  readonly bodyCheckLimit: number;
  readonly detects8bit: boolean;
  readonly rewritesRemote: boolean;
  readonly addsAlways: boolean;
  /** Non-ASCII characters show in the log as they are. */
  readonly logsUtf8: boolean;
}

/**
 * The view of the cleanup(8) service that a message goes to: cleanup_service_name of the service that hands it in says
 * which.
 */
export function openCleanupView({ service }: Pick<CleanupRequest, 'service'>, world: RuleWorld): View {
  const view = world.view(service);
  return view.once('cleanup-view', () => world.view(`${view.get('cleanup_service_name')}/unix`));
}

/** Reads the parameters, but once for each view. */
export function readContentSettings(view: View): ContentSettings {
  return view.once('content-settings', () => makeSettings(view));
}

function makeSettings(view: View): ContentSettings {
  const isMimeDisabled = view.isYes('disable_mime_input_processing');
  const headerChecks = {
    primary: findMaps(view, 'header_checks'),
    multipart: findMaps(view, 'mime_header_checks'),
    nested: findMaps(view, 'nested_header_checks'),
  };
  return {
    lineLimit: view.integer('line_length_limit'),
    headerLimit: view.integer('header_size_limit'),
    boundaryLimit: view.integer('mime_boundary_length_limit'),
    nestingLimit: view.integer('mime_nesting_limit'),
    hopLimit: view.integer('hopcount_limit'),
    tokenLimit: view.integer('header_address_token_limit'),
    isDisabled: isMimeDisabled,
    faults: isMimeDisabled ? new Set() : findFaults(view, Object.values(headerChecks)),
    dropped: new Set(view.words('message_drop_headers').map((name) => name.toLowerCase())),
    headerChecks,
    rejected: readCharacters(view.get('message_reject_characters')),
    stripped: readCharacters(view.get('message_strip_characters')),
    bodyChecks: findMaps(view, 'body_checks'),
    bodyCheckLimit: view.integer('body_checks_size_limit'),
    detects8bit: view.isYes('detect_8bit_encoding_header'),
    rewritesRemote: view.get('remote_header_rewrite_domain') !== '',
    addsAlways: view.isYes('always_add_missing_headers'),
    logsUtf8: view.isYes('smtputf8_enable'),
  };
}

function findMaps(view: View, parameter: Octets): Maps | undefined {
  const maps = view.maps(parameter);
  return maps.tables.length === 0 ? undefined : maps;
}

function findFaults(view: View, headerChecks: readonly (Maps | undefined)[]): ReadonlySet<MimeFault> {
  const isStrict = view.isYes('strict_8bitmime');
  const faults = new Set<MimeFault>();
  if (isStrict || view.isYes('strict_7bit_headers')) faults.add('header-8bit');
  if (isStrict || view.isYes('strict_8bitmime_body')) faults.add('body-8bit');
  if (view.isYes('strict_mime_encoding_domain')) faults.add('encoding-domain');
  if (faults.size > 0 || headerChecks.some((maps) => maps !== undefined)) faults.add('nesting');
  return faults;
}
