import { openIntakeBudget } from './intake-budget.ts';
import { openClientRates } from './client-rates.ts';
import { INTAKE_BYTES, openSmtpd, type ListeningPlace, type Smtpd, type SmtpdOptions } from './listener.ts';
import type { SmtpdStats } from './session.ts';

/** A service of master.cf that takes mail in by SMTP. */
export interface SmtpService extends ListeningPlace {
  /** As master.cf has it: `587/inet`. */
  readonly name: string;
}

/** A service that listens. */
export interface OpenSmtpService extends Pick<Smtpd, 'addresses' | 'port'> {
  readonly name: string;
  /** TLS begins with the first octet. */
  readonly isImplicitTls: boolean;
  readonly isLmtp: boolean;
}

/** Every SMTP listener of this server. */
export interface SmtpServices extends AsyncDisposable {
  /** In the order of their plans. */
  list(): readonly OpenSmtpService[];
  /** Over all listeners, those included that are closed by now. */
  stats(): SmtpdStats;
  /**
   * Opens the listeners that are new, and closes those that are planned no more; sessions of the others go on.
   * @throws {AggregateError} of those that couldn't be opened: the others are open
   */
  update(services: readonly SmtpService[]): Promise<void>;
}

interface Open {
  readonly service: SmtpService;
  readonly smtpd: Smtpd;
}

/** What all listeners share. @property currentSettings of the service of this name, as they are now */
export type SmtpServicesOptions = Omit<SmtpdOptions, 'place' | 'budget' | 'rates' | 'service' | 'currentSettings'> & {
  readonly currentSettings: (service: string) => ReturnType<SmtpdOptions['currentSettings']>;
};

/** Makes a set of listeners; it is empty until the first `update`. */
export function openSmtpServices(options: SmtpServicesOptions): SmtpServices {
  const budget = openIntakeBudget(INTAKE_BYTES);
  const rates = openClientRates(options);
  let open: readonly Open[] = [];
  let closed: SmtpdStats = { accepted: 0, acceptedBytes: 0, rejected: 0, ignored: 0 };
  let last: Promise<unknown> = Promise.resolve();

  const close = async (gone: readonly Open[]) => {
    await Promise.all(gone.map(({ smtpd }) => smtpd[Symbol.asyncDispose]()));
    closed = gone.reduce((sum, { smtpd }) => addStats(sum, smtpd.stats()), closed);
  };
  const reconcile = async (services: readonly SmtpService[]) => {
    const kept = open.filter(({ service }) => services.some((wanted) => isSame(wanted, service)));
    const gone = open.filter((one) => !kept.includes(one));
    open = kept;
    // First: one that is new may want the port of one that goes.
    await close(gone);
    const errors: unknown[] = [];
    const all: Open[] = [];
    for (const service of services) {
      const known = kept.find((one) => isSame(service, one.service));
      const { name } = service;
      try {
        const currentSettings = () => options.currentSettings(name);
        all.push(
          known ?? {
            service,
            smtpd: await openSmtpd({ ...options, currentSettings, service: name, place: service, budget, rates }),
          },
        );
      } catch (error) {
        errors.push(error);
      }
    }
    open = all;
    if (errors.length > 0) throw new AggregateError(errors, 'not every SMTP listener could be opened');
  };
  const inTurn = (act: () => Promise<void>): Promise<void> => {
    const result = last.then(act);
    last = result.catch(() => {});
    return result;
  };
  return {
    list: () =>
      open.map(({ service: { name, certificate, isLmtp = false }, smtpd: { addresses, port } }) => ({
        name,
        addresses,
        port,
        isImplicitTls: certificate !== undefined,
        isLmtp,
      })),
    stats: () => open.reduce((sum, { smtpd }) => addStats(sum, smtpd.stats()), closed),
    update: (services) => inTurn(() => reconcile(services)),
    [Symbol.asyncDispose]: () => inTurn(() => reconcile([])),
  };
}

function addStats(a: SmtpdStats, b: SmtpdStats): SmtpdStats {
  return {
    accepted: a.accepted + b.accepted,
    acceptedBytes: a.acceptedBytes + b.acceptedBytes,
    rejected: a.rejected + b.rejected,
    ignored: a.ignored + b.ignored,
  };
}

function isSame(a: SmtpService, b: SmtpService): boolean {
  return (
    a.name === b.name &&
    a.port === b.port &&
    a.isLmtp === b.isLmtp &&
    a.interfaces.join() === b.interfaces.join() &&
    a.certificate?.chain === b.certificate?.chain
  );
}
