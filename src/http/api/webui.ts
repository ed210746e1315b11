import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Ports } from './ports.ts';
import { WebUIConfiguration } from './schemas/info.ts';

/** `/webui`: what Mailpit’s own page asks for. Nothing of what it could be told to show is here. */
export const webuiRoutes: FastifyPluginAsyncTypebox<Pick<Ports, 'settings'>> = async (app, { settings }) => {
  const schema = {
    operationId: 'getWebUIConfiguration',
    summary: 'What a page can offer, in Mailpit’s terms',
    response: { 200: WebUIConfiguration },
  };
  app.get('/webui', { schema }, async () => ({
    Label: '',
    MessageRelay: {
      Enabled: false,
      SMTPServer: '',
      ReturnPath: '',
      AllowedRecipients: '',
      BlockedRecipients: '',
      OverrideFrom: '',
      PreserveMessageIDs: false,
      RecipientAllowlist: '',
    },
    SpamAssassin: false,
    ChaosEnabled: settings.current().get('catch_chaos_api'),
    DuplicatesIgnored: false,
    HideDeleteAllButton: false,
  }));
};
