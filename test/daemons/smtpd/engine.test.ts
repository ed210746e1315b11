import { readFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';
import { SMTPConnection } from 'smtp-server/lib/smtp-connection.js';
import { SMTPStream } from 'smtp-server/lib/smtp-stream.js';
import { expect, test } from 'vitest';

test('smtp-server is pinned to the version that our subclasses were written against', () => {
  const ours = JSON.parse(readFileSync('package.json', 'utf8')) as { devDependencies: Record<string, string> };
  const theirs = JSON.parse(readFileSync('node_modules/smtp-server/package.json', 'utf8')) as { version: string };

  expect({ asked: ours.devDependencies['smtp-server'], installed: theirs.version }).toEqual({
    asked: '3.21.6',
    installed: '3.21.6',
  });
});

// What is overridden or called: if one of these goes, or takes other arguments, read the new source before anything else.
test.for([
  {
    parent: SMTPServer,
    methods: { updateSecureContext: 1, connect: 2, _setListeners: 0, _acceptSocket: 2, _handleProxy: 2, _upgrade: 2 },
  },
  {
    parent: SMTPConnection,
    methods: {
      init: 0,
      connectionReady: 1,
      close: 0,
      _createParser: 0,
      _setListeners: 1,
      _onCloseEvent: 1,
      _onClose: 0,
      _onError: 1,
      _onTimeout: 0,
      _armTimeout: 0,
      upgrade: 2,
    },
  },
  { parent: SMTPStream, methods: { _write: 3, _flushData: 0 } },
])('$parent.name has the methods that we rely on, with their arguments', ({ parent, methods }) => {
  const prototype = parent.prototype as unknown as Readonly<Record<string, { readonly length: number } | undefined>>;

  const found = Object.fromEntries(Object.keys(methods).map((name) => [name, prototype[name]?.length]));

  expect(found).toEqual(methods);
});
