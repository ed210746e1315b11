import { isLoopback, parseIpAddress } from '../../rules/address/ip-address.ts';
import { toServiceName } from '../../rules/config/master-cf.ts';
import { fromOctets, toOctets } from '../../rules/octets.ts';
import type { RuleWorld } from '../../rules/world.ts';
import type { LiveSettings } from '../../settings/live-settings.ts';
import type { Settings } from '../../settings/settings.ts';
import { provideCertificate, type Certificate, type OwnCertificate } from '../smtpd/certificate.ts';
import { toCertificateOptions } from './own-certificate.ts';
import { readNamedCertificate } from './named-certificate.ts';
import type { SmtpdRules } from '../smtpd/rules.ts';
import { openSmtpServices, type SmtpService, type SmtpServices, type SmtpServicesOptions } from '../smtpd/services.ts';

/** What listeners are opened with. */
export type MasterOptions = Omit<SmtpServicesOptions, 'currentSettings' | 'certificate'> & {
  readonly settings: LiveSettings;
  readonly rules: SmtpdRules;
};

/** All SMTP listeners, kept up with the settings. */
export interface Master extends Pick<SmtpServices, 'list' | 'stats'>, AsyncDisposable {
  /** The certificate of the authority that signs our own, as PEM; made when it is first asked for. */
  authority(): Promise<string>;
  /** Fulfilled once the listeners are those of the last reload. */
  settled(): Promise<void>;
}

/** What listens at `catch_smtp_port`, if master.cf has nothing at port 25. */
const MAIN_SERVICE = 'smtp/inet';
/** What `catch_smtp_port` stands for. */
const SMTP_PORT = 25;
/** What listens at `catch_smtps_port`, if master.cf has nothing at port 465, for which that stands. */
const SMTPS_SERVICE = 'smtps/inet';
const SMTPS_PORT = 465;
/** What listens at `catch_lmtp_port`. */
const LMTP_SERVICE = 'lmtp/inet';

/**
 * Opens the listener at `catch_smtp_port` and those that master.cf asks for, and follows the settings: a service that is
 * new is opened, one that is gone is closed, and sessions of the others go on.
 * @throws {Error} what the system said of the first that couldn't be opened; none is open then
 * @see master(8)
 */
export async function openMaster({ settings, ...options }: MasterOptions): Promise<Master> {
  const certificates = openCertificates(options);
  const services = openSmtpServices({
    ...options,
    currentSettings: (name) => settings.current().service(name),
    certificate: async (current, asked) =>
      await certificates.find(fromOctets(asked.service), { settings: current, world: asked.world }),
  });
  const follow = async () => {
    const planning = { settings: settings.current(), world: options.rules.currentWorld(), certificates };
    await services.update(await planServices(planning));
  };
  try {
    await follow();
  } catch (error) {
    await services[Symbol.asyncDispose]();
    throw error instanceof AggregateError ? error.errors[0] : error;
  }
  let following: Promise<void> = Promise.resolve();
  const reloads = settings.onReload(() => {
    following = follow().catch((err: unknown) => options.log.warn({ err }, 'not every SMTP listener could be opened'));
  });
  return {
    list: () => services.list(),
    stats: () => services.stats(),
    authority: async () => (await certificates.provideOwn(settings.current())).authority,
    settled: () => following,
    async [Symbol.asyncDispose]() {
      reloads[Symbol.dispose]();
      await following;
      await services[Symbol.asyncDispose]();
    },
  };
}

interface Planning {
  readonly settings: Settings;
  readonly world: RuleWorld;
  readonly certificates: Certificates;
}

async function planServices(planning: Planning): Promise<readonly SmtpService[]> {
  const { settings } = planning;
  const interfaces = settings.get('inet_interfaces');
  const mainPort = settings.get('catch_smtp_port');
  const smtpsPort = settings.get('catch_smtps_port');
  const lmtpPort = settings.get('catch_lmtp_port');
  const main = settings.listeners.find(({ port }) => port === SMTP_PORT);
  const name = main === undefined ? MAIN_SERVICE : toServiceName(main.daemon);
  const others = settings.listeners.filter(({ port }) => port !== SMTP_PORT);
  const hasSmtps = others.some(({ port }) => port === SMTPS_PORT);
  const places = [
    { name, interfaces, port: mainPort },
    ...others.map(({ daemon, host, port, mappedPort }) => ({
      name: toServiceName(daemon),
      // An address of production's isn't one of this machine, or others reach it.
      interfaces: host !== undefined && isThisMachine(host) ? [host] : interfaces,
      // Whoever wants a free port wants it for all: tests run side by side.
      port: mainPort === 0 ? 0 : port === SMTPS_PORT && smtpsPort >= 0 ? smtpsPort : mappedPort,
    })),
  ];
  return [
    ...(await Promise.all(places.map(async (place) => await withTls(place, planning)))),
    ...(smtpsPort < 0 || hasSmtps ? [] : [await planSmtps({ interfaces, port: smtpsPort }, planning)]),
    ...(lmtpPort < 0 ? [] : [{ name: LMTP_SERVICE, interfaces, port: lmtpPort, isLmtp: true }]),
  ];
}

async function planSmtps(place: Omit<SmtpService, 'name'>, planning: Planning): Promise<SmtpService> {
  const certificate = await planning.certificates.provide(SMTPS_SERVICE, planning);
  return { ...place, name: SMTPS_SERVICE, certificate };
}

/** With TLS from the first octet on, if the service's smtpd_tls_wrappermode says so. */
async function withTls(place: SmtpService, planning: Planning): Promise<SmtpService> {
  const isImplicitTls = planning.world.view(toOctets(place.name)).isYes('smtpd_tls_wrappermode');
  return isImplicitTls ? { ...place, certificate: await planning.certificates.provide(place.name, planning) } : place;
}

type Asking = Pick<Planning, 'settings' | 'world'>;

interface Certificates {
  provideOwn(settings: Settings): Promise<OwnCertificate>;
  /** As the parameters of a service name it, or our own. */
  provide(service: string, asking: Asking): Promise<Certificate>;
  /** As they name it, or our own unless Postfix's defaults are wanted: then there is none. */
  find(service: string, asking: Asking): Promise<Certificate | undefined>;
}

/** What main.cf names, or one certificate of our own for all services; in memory where nothing is to be written. */
function openCertificates({ clock, log }: Pick<MasterOptions, 'clock' | 'log'>): Certificates {
  let made: { readonly names: string; readonly certificate: Promise<OwnCertificate> } | undefined;
  const provideOwn = (settings: Settings): Promise<OwnCertificate> => {
    const options = toCertificateOptions(settings, clock);
    const names = options.names.join();
    if (made?.names !== names) made = { names, certificate: provideCertificate(options) };
    return made.certificate;
  };
  const findNamed = (service: string, { world }: Asking): Certificate | undefined => {
    const found = readNamedCertificate(world.view(toOctets(service)), world);
    if (found === undefined || 'certificate' in found) return found?.certificate;
    log.warn({ err: found.error }, 'the certificate that main.cf names cannot be used');
    return undefined;
  };
  return {
    provideOwn,
    provide: async (service, asking) => findNamed(service, asking) ?? (await provideOwn(asking.settings)),
    find: async (service, asking) =>
      findNamed(service, asking) ??
      (asking.settings.get('catch_defaults') === 'postfix' ? undefined : await provideOwn(asking.settings)),
  };
}

function isThisMachine(host: string): boolean {
  const address = parseIpAddress(host);
  return address === undefined ? host === 'localhost' : isLoopback(address);
}
