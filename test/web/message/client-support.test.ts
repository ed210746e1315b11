import { expect, test } from 'vitest';
import type { HTMLCheckResponse } from '../../../src/http/api/schemas/check.ts';
import { listWarnings } from '../../../web/src/message/client-support.ts';

type Result = HTMLCheckResponse['Warnings'][number]['Results'][number];

const result = (Name: string, Support: Result['Support'], Platform = 'ios', Family = 'family'): Result => ({
  ...{ Name, Support, Platform, Family, Version: '1', NoteNumber: '' },
});

test('programs are named once, whatever their versions and platforms; who lacks it anywhere lacks it', () => {
  const warning = {
    ...{ Slug: 'css-flex', Title: 'display:flex', Description: '', URL: 'https://c.test/flex', Category: 'css' },
    ...{ Tags: [], Keywords: '', NotesByNumber: {} },
    Score: { Found: 2, Supported: 50, Partial: 25, Unsupported: 25 },
    Results: [
      result('Gmail iOS (1)', 'partial'),
      result('Gmail Mobile Webmail (2)', 'no', 'mobile-webmail'),
      result('Apple Mail iOS (15)', 'yes'),
      result('Outlook Windows (2007)', 'partial', 'windows'),
      result('Outlook Windows (2010)', 'partial', 'windows'),
      result('Nobody knows (1)', 'no', 'toaster', 'unknown'),
    ],
  };
  const Platforms = { ios: ['Apple Mail', 'Gmail'], 'mobile-webmail': ['Gmail'], windows: ['Outlook'] };

  expect(listWarnings({ Warnings: [warning], Platforms })).toEqual([
    {
      slug: 'css-flex',
      title: 'display:flex',
      url: 'https://c.test/flex',
      found: 2,
      without: ['Gmail', 'unknown'],
      partly: ['Outlook'],
    },
  ]);
});
