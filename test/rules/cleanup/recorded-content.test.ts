import { describe, expect, test } from 'vitest';
import { openTestWorld } from '../../support/rule-world.ts';
import { decidedOutcome, readContentVector, recordedOutcome } from './recorded-content.ts';

const VECTORS = [
  'body-checks-actions',
  'body-checks-size',
  'checks-override',
  'dialogue-strict-7bit',
  'header-checks-actions',
  'header-checks-match',
  'header-checks-mime',
  'header-checks-mime-off',
  'header-drop',
  'header-long',
  'header-resent',
  'header-rewrite-default',
  'header-rewrite-mynetworks',
  'header-rewrite-none',
  'header-rewrite-static',
  'hopcount',
  'message-forms',
  'mime-detect-8bit',
  'missing-headers-always',
  'missing-headers-local',
  'received-header',
  'received-header-options',
].map((name) => `../../conformance/vectors/${name}.json`);

const RECORDED = [
  'broken-body-checks',
  'broken-header-checks',
  'broken-mime-checks',
  'checks-of-pieces',
  'envelope-in-headers',
  'header-addresses',
  'header-options',
  'header-size',
  'header-tokens',
  'mime-oddities',
  'mime-parts',
  'stray-octets',
  'strict-and-actions',
].map((name) => `recorded/${name}.json`);

describe.for([...VECTORS, ...RECORDED])('%s', (path) => {
  test('content comes out as Postfix recorded it', async () => {
    const { config, probes } = await readContentVector(path);
    await using testWorld = await openTestWorld({
      mainCf: config.main_cf,
      files: config.files,
    });
    for (const probe of probes) {
      expect.soft(decidedOutcome(probe, testWorld.world)).toEqual(recordedOutcome(probe));
    }
  });
});
