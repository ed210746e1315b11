import { expect, test } from 'vitest';
import { startTestHttp } from '../../support/http.ts';

test('nothing of what a page of Mailpit could offer is on', async () => {
  await using http = await startTestHttp();
  expect(await (await http.get('/api/v1/webui')).json()).toMatchObject({
    Label: '',
    MessageRelay: { Enabled: false, SMTPServer: '' },
    SpamAssassin: false,
    ChaosEnabled: false,
  });
});

test('chaos is, where it is allowed', async () => {
  await using http = await startTestHttp({ overrides: { catch_chaos_api: 'yes' } });
  expect(await (await http.get('/api/v1/webui')).json()).toMatchObject({ ChaosEnabled: true });
});
