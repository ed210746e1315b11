// The mail that the pictures show: what a team's apps, machines and correspondents send in a morning.
import { GifWriter } from 'omggif';

const ACCENT = '#0b5c6b';
const INK = '#1f1b16';

/** Acme's mark, a triangle on petrol. */
const LOGO = drawLogo(64);

/** A page of a real PDF is of no use to a picture: this one is empty. */
const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n',
);

/**
 * The mails, oldest first. `key` names one, `time` is when it comes; all else is nodemailer's.
 * @type {readonly object[]}
 */
export const MAILS = [
  {
    key: 'cron',
    time: '07:25:01',
    from: 'Cron Daemon <root@web1.acme.test>',
    to: 'root@acme.test',
    subject: 'Cron <root@web1> test -x /usr/sbin/anacron || run-parts --report /etc/cron.daily',
    text: [
      '/etc/cron.daily/backup:',
      '2026-11-24 07:25:01 dump of acme_production: 1.4 GB in 38 s',
      '2026-11-24 07:25:39 upload to s3://acme-backup/2026-11-24.dump.zst: done',
      '2026-11-24 07:25:40 2 old dumps removed',
      '',
      '/etc/cron.daily/certbot:',
      'No certificate is due for renewal.',
      '',
    ].join('\n'),
    headers: { 'X-Cron-Env': '<SHELL=/bin/sh>', 'Auto-Submitted': 'auto-generated' },
  },
  {
    key: 'newsletter',
    time: '08:00:12',
    from: 'Acme Journal <journal@acme.test>',
    to: 'ada@example.com',
    envelopeFrom: 'bounces+4412@acme.test',
    subject: 'What we built in November',
    text: 'What we built in November\n\nThe sorting office has a new home …\n\nRead on: https://acme.test/journal/11\n',
    html: sheet(
      'What we built in November',
      `<p style="color:#5c554a;margin:0 0 16px">Issue 11 · 24 November 2026</p>
       <img src="https://cdn.acme.test/journal/11/cover.jpg" alt="The sorting office at night" width="100%">
       <p>The sorting office has a new home: twelve rooms, one door, and a lamp that tells when a letter is late.
       We moved in on a Tuesday, and lost nothing.</p>
       <p><b>Also in this issue:</b></p>
       <ul><li>Why our invoices are half as long</li><li>A map of every alias</li><li>The quietest deploy of the year</li></ul>
       ${button('https://acme.test/journal/11', 'Read the issue')}
       <img src="https://track.acme.test/open/4412.gif" width="1" height="1" alt="">`,
    ),
    headers: { 'List-Unsubscribe': '<https://acme.test/journal/leave?u=4412>', 'X-Tags': 'newsletter' },
  },
  {
    key: 'order',
    time: '08:41:33',
    from: 'アクメ商店 <shop@acme.test>',
    to: '山田 花子 <hanako@example.jp>',
    subject: 'ご注文ありがとうございます(注文番号 2026-1103)',
    text: '山田 花子 様\n\nこの度はご注文いただき、誠にありがとうございます。\n\n注文番号: 2026-1103\nお届け予定日: 11月27日(金)\n\n消印スタンプ × 1   1,980円\n封筒 (50枚)  × 2   1,320円\n合計             3,300円(税込)\n\nまたのご利用をお待ちしております。\n\nアクメ商店\n',
    html: sheet(
      'ご注文ありがとうございます',
      `<p>山田 花子 様</p><p>この度はご注文いただき、誠にありがとうございます。<br>商品は <b>11月27日(金)</b> にお届けする予定です。</p>
       ${table([
         ['消印スタンプ × 1', '1,980円'],
         ['封筒(50枚)× 2', '1,320円'],
         ['合計(税込)', '3,300円'],
       ])}
       ${button('https://acme.test/orders/2026-1103', '注文内容を確認する')}`,
    ),
  },
  {
    key: 'bounce',
    time: '09:02:47',
    from: 'MAILER-DAEMON@mx.partner.test (Mail Delivery System)',
    to: 'billing@acme.test',
    envelopeFrom: '',
    subject: 'Undelivered Mail Returned to Sender',
    text: 'This is the mail system at host mx.partner.test.\n\nI’m sorry to have to inform you that your message could not be delivered.\n\n<accounts@partner.test>: host mail.partner.test said: 552 5.2.2 Mailbox full\n',
    attachments: [
      {
        filename: 'details.txt',
        contentType: 'message/delivery-status',
        content:
          'Reporting-MTA: dns; mx.partner.test\n\nFinal-Recipient: rfc822; accounts@partner.test\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox full\n',
      },
    ],
    headers: { 'Auto-Submitted': 'auto-replied' },
  },
  {
    key: 'deploy',
    time: '09:30:05',
    from: 'Deploys <ci@acme.test>',
    to: 'ada+deploys@acme.test',
    subject: '[staging] Deployment 4128 finished in 1 min 52 s',
    text: 'staging is at 8f2c91e (main)\n\n  api      4 pods   ok\n  web      2 pods   ok\n  worker   2 pods   ok\n\nhttps://ci.acme.test/deployments/4128\n',
    headers: { 'X-Tags': 'staging, deploy' },
  },
  {
    key: 'review',
    time: '10:12:58',
    from: 'Grace Hopper <grace@example.com>',
    to: ['team@acme.test', 'Bob <bob@acme.test>', 'support@acme.test'],
    cc: 'charles@partner.test',
    bcc: 'audit@acme.test',
    subject: 'Sprint review moved to Thursday, 15:00',
    text: 'Hi all,\n\nthe review moves to Thursday, 15:00, same room. Please bring what is done, not what is nearly done.\n\n> On Monday Ada wrote:\n> Could we have it a day later?\n\nGrace\n',
    html: '<p>Hi all,</p><p>the review moves to <b>Thursday, 15:00</b>, same room. Please bring what is done, not what is nearly done.</p><blockquote style="border-left:3px solid #ccc;margin:0;padding-left:12px;color:#666">On Monday Ada wrote:<br>Could we have it a day later?</blockquote><p>Grace</p>',
    attachments: [
      {
        filename: 'review.ics',
        contentType: 'text/calendar; method=REQUEST',
        content:
          'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Sprint review\r\nDTSTART:20261126T150000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
      },
    ],
  },
  {
    key: 'lure',
    time: '10:40:19',
    from: '"Acme Billing" <billing@acrne.example>',
    to: 'ada@acme.test',
    envelopeFrom: 'x9213@bulk.example',
    subject: 'Overdue: invoice\u202Efdp.exe\u202C, please open today',
    text: 'Your account will be clo\u200Bsed. Open the attachment.\n',
    html: '<p>Your account will be closed. <a href="http://acrne.example/login">Sign in at acme.test</a></p><script>document.title = "taken"</script><form action="http://acrne.example/"><input name="password"></form>',
  },
  {
    key: 'invoice',
    time: '11:05:26',
    from: 'Acme Billing <billing@acme.test>',
    to: 'Ada Lovelace <ada@example.com>',
    subject: 'Invoice 2026-0042 · €1,240.00',
    text: 'Dear Ada,\n\nyour invoice 2026-0042 over €1,240.00 is attached. It is due on 8 December 2026.\n\nPay online: https://acme.test/pay/2026-0042\n\nAcme Billing\n',
    html: sheet(
      'Invoice 2026-0042',
      `<p>Dear Ada,</p><p>thank you for your order. The invoice is attached; it is due on <b>8 December 2026</b>.</p>
       ${table([
         ['Sorting frame, oak', '€980.00'],
         ['Delivery', '€62.00'],
         ['VAT 19 %', '€198.00'],
         ['Total', '€1,240.00'],
       ])}
       ${button('https://acme.test/pay/2026-0042', 'Pay online')}`,
    ),
    attachments: [
      { filename: 'invoice-2026-0042.pdf', contentType: 'application/pdf', content: PDF },
      { filename: 'terms.txt', content: 'Payment within 14 days, without deduction.\n' },
    ],
    headers: { 'X-Tags': 'billing' },
  },
  {
    key: 'code',
    time: '11:20:40',
    from: 'Acme <no-reply@acme.test>',
    to: 'grace@example.com',
    subject: '271828 is your sign-in code',
    text: 'Your sign-in code is 271828. It is good for ten minutes.\n\nIf it wasn’t you, change your password: https://acme.test/security\n',
  },
  {
    key: 'reset',
    time: '11:31:07',
    from: 'Acme <no-reply@acme.test>',
    to: 'Ada Lovelace <ada@example.com>',
    subject: 'Reset your password',
    text: 'Hello Ada,\n\nsomebody, hopefully you, asked for a new password. This link is good for one hour:\n\nhttps://acme.test/reset/9f8e7d6c\n\nYour code: 314 159\n\nIf it wasn’t you, there is nothing to do.\n',
    html: sheet(
      'Reset your password',
      `<p>Hello Ada,</p><p>somebody, hopefully you, asked for a new password. The link is good for one hour.</p>
       ${button('https://acme.test/reset/9f8e7d6c', 'Choose a new password')}
       <p>Or enter this code:</p>
       <p style="font:600 28px/36px ui-monospace,monospace;letter-spacing:6px;margin:0">314 159</p>
       <p style="color:#5c554a">If it wasn’t you, there is nothing to do: your password stays as it is.</p>`,
    ),
  },
];

/** Of a day's tests: so many that a list is long. */
export function* makeManyMails(count) {
  const subjects = ['Welcome to Acme', 'Confirm your address', 'Your parcel is on its way', 'Receipt', 'Weekly report'];
  const names = ['ada', 'grace', 'alan', 'edsger', 'barbara', 'donald', 'margaret', 'dennis'];
  for (let number = 1; number <= count; number += 1) {
    yield {
      from: 'Acme <no-reply@acme.test>',
      to: `${names[number % names.length]}.${number}@example.com`,
      subject: `${subjects[number % subjects.length]} #${number}`,
      text: `This is mail ${number} of a load test.\n`,
    };
  }
}

/** The frame that all of Acme's HTML mail has. */
function sheet(title, body) {
  return `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head>
<body style="margin:0;background:#f2eee7;font:15px/23px system-ui,sans-serif;color:${INK}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#fff;border-radius:8px"><tr><td style="padding:28px 32px">
<img src="cid:logo@acme.test" width="40" height="40" alt="Acme" style="display:block;margin-bottom:16px">
<h1 style="font-size:22px;line-height:28px;margin:0 0 16px">${title}</h1>
${body}
</td></tr></table>
<p style="color:#5c554a;font-size:12px">Acme, 12 Post Street, Testville</p>
</td></tr></table></body></html>`;
}

function button(href, text) {
  return `<p style="margin:24px 0"><a href="${href}" style="background:${ACCENT};color:#fff;padding:12px 20px;border-radius:4px;text-decoration:none;font-weight:600">${text}</a></p>`;
}

function table(rows) {
  const cells = rows.map(([what, amount], index) => {
    const style = `padding:8px 0;border-top:1px solid #e0d9ce${index === rows.length - 1 ? ';font-weight:600' : ''}`;
    return `<tr><td style="${style}">${what}</td><td align="right" style="${style}">${amount}</td></tr>`;
  });
  return `<table width="100%" cellpadding="0" cellspacing="0">${cells.join('')}</table>`;
}

/** @returns a GIF of `size` by `size` pixels */
function drawLogo(size) {
  const pixels = Array.from({ length: size * size }, (_, index) => {
    const [x, y] = [(index % size) / size - 0.5, Math.floor(index / size) / size];
    return y > 0.22 && y < 0.78 && Math.abs(x) < (y - 0.22) / 1.7 ? 1 : 0;
  });
  const octets = Buffer.alloc(size * size + 1024);
  const writer = new GifWriter(octets, size, size, { palette: [0x0b5c6b, 0xfaf8f5] });
  writer.addFrame(0, 0, size, size, pixels);
  return octets.subarray(0, writer.end());
}

/** What nodemailer sends: with the same octets each time. */
export function toOutgoing({ key, time: _, envelopeFrom, ...mail }, { date, number }) {
  const hasLogo = mail.html?.includes('cid:logo@acme.test');
  const logo = { filename: 'logo.gif', content: LOGO, cid: 'logo@acme.test', contentDisposition: 'inline' };
  const recipients = [mail.to, mail.cc ?? [], mail.bcc ?? []].flat();
  return {
    ...mail,
    ...(hasLogo && { attachments: [logo, ...(mail.attachments ?? [])] }),
    ...(envelopeFrom !== undefined && { envelope: { from: envelopeFrom, to: recipients } }),
    date,
    messageId: `<${key ?? number}@acme.test>`,
    baseBoundary: `part-${key ?? number}`,
  };
}
