import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ListenAddress } from '../listen.ts';
import { toConfigState } from './config-wire.ts';
import type { Ports } from './ports.ts';
import { AppInformation } from './schemas/info.ts';

/** `/info`: what runs here, and how much of what it holds. */
export const infoRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, ports) => {
  const { store, clock, version, startedAtMs, smtp, settings } = ports;
  const schema = {
    operationId: 'getInfo',
    summary: 'Version, counts and statistics',
    response: { 200: AppInformation },
  };
  app.get('/info', { schema }, async () => {
    const [{ total, unread }, tags, { sizeBytes, deleted }] = await Promise.all([
      store.counts(),
      store.tags(),
      store.usage(),
    ]);
    const { addresses, stats } = smtp();
    return {
      Version: version,
      LatestVersion: 'disabled',
      Database: store.location,
      DatabaseSize: sizeBytes,
      Messages: total,
      Unread: unread,
      Tags: Object.fromEntries(tags.map(({ tag, count }) => [tag, count])),
      RuntimeStats: {
        Uptime: Math.max(0, Math.floor((clock.nowMs() - startedAtMs) / 1000)),
        Memory: process.memoryUsage.rss(),
        MessagesDeleted: deleted,
        SMTPAccepted: stats.accepted,
        SMTPAcceptedSize: stats.acceptedBytes,
        SMTPRejected: stats.rejected,
        SMTPIgnored: stats.ignored,
      },
      Config: toConfigState(settings),
      SMTP: addresses.map(toHostPort),
    };
  });
};

function toHostPort({ address, port }: ListenAddress): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
