import { join } from 'node:path';
import { isLoopback, parseIpAddress } from '../../rules/address/ip-address.ts';
import { toServiceName } from '../../rules/config/master-cf.ts';
import type { LiveSettings } from '../../settings/live-settings.ts';
import type { Settings } from '../../settings/settings.ts';
import { provideCertificate, type Certificate } from '../smtpd/certificate.ts';
import { readNamedCertificate } from './named-certificate.ts';
import { openSmtpServices, type SmtpService, type SmtpServices, type SmtpServicesOptions } from '../smtpd/services.ts';

/** What listeners are opened with. */
export type MasterOptions = Omit<SmtpServicesOptions, 'currentSettings' | 'certificate'> & {
  readonly settings: LiveSettings;
};

/** All SMTP listeners, kept up with the settings. */
export interface Master extends Pick<SmtpServices, 'list' | 'stats'>, AsyncDisposable {
  /** Fulfilled once the listeners are those of the last reload. */
  settled(): Promise<void>;
}

/** What listens at `catch_smtp_port`, if master.cf has nothing at port 25. */
const MAIN_SERVICE = 'smtp/inet';
/** What `catch_smtp_port` stands for. */
const SMTP_PORT = 25;

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
    certificate: (current) => certificates.find(current),
  });
  const follow = async () => services.update(await planServices(settings.current(), certificates));
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
    settled: () => following,
    async [Symbol.asyncDispose]() {
      reloads[Symbol.dispose]();
      await following;
      await services[Symbol.asyncDispose]();
    },
  };
}

async function planServices(settings: Settings, certificates: Certificates): Promise<readonly SmtpService[]> {
  const interfaces = settings.get('inet_interfaces');
  const mainPort = settings.get('catch_smtp_port');
  const main = settings.listeners.find(({ port }) => port === SMTP_PORT);
  const name = main === undefined ? MAIN_SERVICE : toServiceName(main.daemon);
  const others = settings.listeners.filter(({ port }) => port !== SMTP_PORT);
  return [
    { name, interfaces, port: mainPort },
    ...(await Promise.all(
      others.map(async ({ daemon, host, mappedPort, isImplicitTls }) => ({
        name: toServiceName(daemon),
        // An address of production's isn't one of this machine, or others reach it.
        interfaces: host !== undefined && isThisMachine(host) ? [host] : interfaces,
        // Whoever wants a free port wants it for all: tests run side by side.
        port: mainPort === 0 ? 0 : mappedPort,
        ...(isImplicitTls && { certificate: await certificates.provide(settings) }),
      })),
    )),
  ];
}

interface Certificates {
  /** As main.cf names it, or our own. */
  provide(settings: Settings): Promise<Certificate>;
  /** As main.cf names it, or our own unless Postfix's defaults are wanted: then there is none. */
  find(settings: Settings): Promise<Certificate | undefined>;
}

/** What main.cf names, or one certificate of our own for all services; in memory where nothing is to be written. */
function openCertificates({ clock, log }: Pick<MasterOptions, 'clock' | 'log'>): Certificates {
  let made: { readonly names: string; readonly certificate: Promise<Certificate> } | undefined;
  const provideOwn = (settings: Settings): Promise<Certificate> => {
    const names = ['localhost', settings.get('myhostname'), '127.0.0.1', '::1'];
    if (made?.names !== names.join()) {
      const directory = settings.get('catch_ephemeral') ? undefined : join(settings.get('catch_data_directory'), 'tls');
      made = { names: names.join(), certificate: provideCertificate({ directory, names, clock }) };
    }
    return made.certificate;
  };
  const findNamed = (settings: Settings): Certificate | undefined => {
    const found = readNamedCertificate(settings);
    if (found === undefined || 'certificate' in found) return found?.certificate;
    log.warn({ err: found.error }, 'the certificate that main.cf names cannot be used');
    return undefined;
  };
  return {
    provide: async (settings) => findNamed(settings) ?? (await provideOwn(settings)),
    find: async (settings) =>
      findNamed(settings) ?? (settings.get('catch_defaults') === 'postfix' ? undefined : await provideOwn(settings)),
  };
}

function isThisMachine(host: string): boolean {
  const address = parseIpAddress(host);
  return address === undefined ? host === 'localhost' : isLoopback(address);
}
