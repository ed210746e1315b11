import { expect, test } from 'vitest';
import { checkDnsRecords } from '../../../src/rules/check/dns-records.ts';
import { findIn, toRows } from '../../support/checked.ts';

const ASKS = 'smtpd_sender_restrictions = reject_unknown_sender_domain';

test.for([
  { files: { 'main.cf': '' }, rows: [] },
  { files: { 'main.cf': ASKS }, rows: ['dns-not-asked main.cf:1:29'] },
  {
    files: { 'main.cf': 'smtpd_client_restrictions = permit_mynetworks, reject_rbl_client rbl.test' },
    rows: ['dns-not-asked main.cf:1:48'],
  },
  { files: { 'main.cf': `${ASKS}\ncatch_dns = system` }, rows: [] },
  { files: { 'main.cf': ASKS, dns: 'example.com A 192.0.2.1\n' }, rows: [] },
  { files: { 'main.cf': ASKS, dns: 'example.com A 192.0.2.1\nexample.net A mail\n' }, rows: ['dns-record dns:2'] },
  {
    files: { 'main.cf': `${ASKS}\ncatch_dns = zone` },
    rows: ['dns-file-missing main.cf', 'dns-not-asked main.cf:1:29'],
  },
])('$files finds $rows', async ({ files, rows }) => {
  expect(toRows(await findIn(checkDnsRecords, files))).toEqual(rows);
});
