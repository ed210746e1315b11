import { attachment, entity, multipart, octets } from './build.ts';

const HEAD = [
  'From: Ada <ada@example.test>',
  'To: bob@example.test',
  'Subject: hello',
  'Date: Mon, 23 Nov 2026 10:00:00 +0100',
  'Message-ID: <1@example.test>',
  'MIME-Version: 1.0',
];
const TEXT = ['Content-Type: text/plain; charset=utf-8'];
const HTML = ['Content-Type: text/html; charset=utf-8'];
const PNG = '\x89PNG\r\n\x1a\n';

/** Text alone. */
export const plain = octets(
  entity([...HEAD, ...TEXT], 'Hello Bob,\nyour code is 123456.\nhttps://example.test/a?b=1.\n'),
);

/** Text and HTML of the same. */
export const alternative = octets(
  multipart('alternative', [entity(TEXT, 'as text'), entity(HTML, '<p>as <b>HTML</b></p>')], HEAD),
);

/** HTML with an image in it, and a file beside: the tree of most newsletters. */
export const related = octets(
  multipart(
    'mixed',
    [
      multipart('related', [
        entity(HTML, '<p>logo: <img src="cid:logo@example.test"></p>'),
        attachment(['Content-Type: image/png; name=logo.png', 'Content-ID: <logo@example.test>'], PNG),
      ]),
      attachment(['Content-Type: application/pdf', 'Content-Disposition: attachment; filename="a.pdf"'], '%PDF-1.7'),
      attachment(['Content-Type: image/png', 'Content-Disposition: inline; filename="b.png"'], PNG),
      attachment(['Content-Type: application/octet-stream'], 'nameless'),
    ],
    HEAD,
  ),
);

/** File names in the ways that there are. */
export const fileNames = octets(
  multipart(
    'mixed',
    [
      "filename*=utf-8''%C3%BC%20a.txt",
      "filename*0*=utf-8''%C3%BC; filename*1*=%20b; filename*2=.txt",
      'filename="=?utf-8?q?=C3=BC_c.txt?="',
      'filename=d.txt',
    ].map((parameter) =>
      attachment(['Content-Type: text/plain', `Content-Disposition: attachment; ${parameter}`], 'x'),
    ),
    HEAD,
  ),
);

/** Text in character sets of East Asia: 日本 or 你好. */
export const charsets = [
  { charset: 'gbk', body: '\xc4\xe3\xba\xc3', text: '你好' },
  { charset: 'GB2312', body: '\xc4\xe3\xba\xc3', text: '你好' },
  { charset: 'Shift_JIS', body: '\x93\xfa\x96\x7b', text: '日本' },
  { charset: 'iso-2022-jp', body: '\x1b$BF|K\\\x1b(B', text: '日本' },
  { charset: 'euc-kr', body: '\xc7\xd1', text: '한' },
  { charset: 'koi8-r', body: '\xf0\xd2', text: 'Пр' },
  { charset: 'iso-8859-1', body: '\xfc', text: 'ü' },
  { charset: 'utf-8', body: '\xc3\xbc', text: 'ü' },
].map(({ charset, body, text }) => ({
  charset,
  text,
  raw: octets(entity([...HEAD, `Content-Type: text/plain; charset=${charset}`], body)),
}));

/** A message in a message. */
export const forwarded = octets(
  multipart(
    'mixed',
    [entity(TEXT, 'see below'), entity(['Content-Type: message/rfc822'], entity(HEAD, 'inner'))],
    HEAD,
  ),
);

/** A bounce: its text, its report, the header of what bounced. */
export const bounce = octets(
  multipart(
    'report; report-type=delivery-status',
    [
      entity(TEXT, 'it bounced'),
      entity(['Content-Type: message/delivery-status'], 'Action: failed\nStatus: 5.1.1\n'),
      entity(['Content-Type: text/rfc822-headers'], HEAD.join('\n')),
    ],
    HEAD,
  ),
);

/** What no part shows: each says where its text is lost. */
export const lossy = {
  'an empty boundary': octets(
    entity([...HEAD, 'Content-Type: multipart/mixed; boundary=""'], '--\nContent-Type: text/plain\n\nlost\n----\n'),
  ),
  'no boundary': octets(entity([...HEAD, 'Content-Type: multipart/mixed'], '--b\n\nlost\n--b--\n')),
  'a boundary that is never used': octets(entity([...HEAD, 'Content-Type: multipart/mixed; boundary=b'], 'lost\n')),
  'text after the last part': octets(
    entity([...HEAD, 'Content-Type: multipart/mixed; boundary=b'], '--b\n\nseen\n--b--\n\nlost\n'),
  ),
};

/** Names that would be paths. */
export const hostileNames = [
  '../../../etc/passwd',
  '/etc/passwd',
  'C:\\\\Windows\\\\a.exe',
  'a\0b',
  `${'n'.repeat(4_096)}.txt`,
  '__proto__',
  '.*(',
  '<svg/onload=alert(1)>.svg',
];
export const hostileParts = octets(
  multipart(
    'mixed',
    hostileNames.map((name) =>
      attachment(
        [
          'Content-Type: application/octet-stream',
          `Content-Disposition: attachment; filename="${name}"`,
          `Content-ID: <${name}>`,
        ],
        'x',
      ),
    ),
    HEAD,
  ),
);

/** 300 parts. */
export const manyParts = octets(
  multipart(
    'mixed',
    Array.from({ length: 300 }, (_, index) => attachment([`Content-Type: text/csv; name=${index}.csv`], String(index))),
    HEAD,
  ),
);

/** Multiparts in multiparts, `depth` of them, none of them ever closed. */
export function nested(depth: number): Buffer {
  const opened = Array.from(
    { length: depth },
    (_, index) => `Content-Type: multipart/mixed; boundary=b${index}x\r\n\r\n--b${index}x\r\n`,
  );
  return octets(`Subject: nested\r\n${opened.join('')}\r\ninnermost\r\n`);
}

/** Broken in ways that mail is broken in; each is to be parsed all the same, or to fail with a reason. */
export const broken: Readonly<Record<string, Buffer>> = {
  'an empty message': octets(''),
  'an empty line': octets('\r\n'),
  'a header alone': octets('Subject: a\r\n'),
  'a header without even a line end': octets('Subject: a'),
  'a Content-Type of nothing': octets(entity([...HEAD, 'Content-Type:'], 'text')),
  'a Content-Type of garbage': octets(entity([...HEAD, 'Content-Type: ;;=/"'], 'text')),
  'a Content-Type without end': octets(entity([...HEAD, 'Content-Type: text/plain; charset="'], 'text')),
  'an unknown charset': octets(entity([...HEAD, 'Content-Type: text/plain; charset=martian'], 'text')),
  'an unknown transfer encoding': octets(entity([...HEAD, 'Content-Transfer-Encoding: x-rot13'], 'text')),
  'a boundary of 4 KB': octets(entity([...HEAD, `Content-Type: multipart/mixed; boundary=${'b'.repeat(4096)}`], 'x')),
  'a boundary that is a pattern': octets(
    entity([...HEAD, 'Content-Type: multipart/mixed; boundary=".*("'], '--.*(\n\nx'),
  ),
  'a multipart that isn’t closed': octets(entity([...HEAD, 'Content-Type: multipart/mixed; boundary=b'], '--b\n\nx')),
  'base64 that is cut': octets(entity([...HEAD, 'Content-Transfer-Encoding: base64'], 'SGVsbG8gd29yb')),
  'base64 that is none': octets(entity([...HEAD, 'Content-Transfer-Encoding: base64'], '!§$%&/()=?\n\0')),
  'NUL everywhere': octets('\0'.repeat(1000)),
  'bare CR as line ends': octets('Subject: a\r\rtext\r'),
  '500 header fields': octets(entity([...HEAD, ...Array.from({ length: 500 }, (_, i) => `X-${i}: ${i}`)], 'text')),
  '8-bit header fields': octets(entity(['Subject: Gr\xfc\xdfe', 'From: \xc3\xbc <a@b.test>'], '\xfc')),
  'a line of 2 MB': octets(entity(HEAD, 'x'.repeat(2_000_000))),
  '100,000 open tags': octets(entity([...HEAD, ...HTML], `${'<div>'.repeat(100_000)}deep`)),
  '300,000 open comments': octets(entity([...HEAD, ...HTML], '<!--'.repeat(300_000))),
  '300,000 open attributes': octets(entity([...HEAD, ...HTML], '<a href="'.repeat(300_000))),
};
