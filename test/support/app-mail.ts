import { createTransport } from 'nodemailer';

/** A mail as nodemailer takes it. */
export type Mail = Parameters<ReturnType<typeof createTransport>['sendMail']>[0];

/** Where a server takes mail. */
interface SmtpPlace {
  readonly host: string;
  readonly port: number;
}

/** Sends one mail as an app would: from Acme to Ada, unless it says otherwise. @returns its queue ID */
export async function sendAsApp(smtp: SmtpPlace, mail: Mail): Promise<string> {
  const transport = createTransport({ ...smtp, ignoreTLS: true });
  const { response } = await transport.sendMail({ from: 'Acme <app@acme.test>', to: 'ada@example.com', ...mail });
  transport.close();
  return response.slice(response.lastIndexOf(' ') + 1);
}

/** Sends so many mails, `Mail 0` first, over a few connections. They may be listed in another order. */
export async function sendMany(smtp: SmtpPlace, count: number): Promise<void> {
  const transport = createTransport({ ...smtp, ignoreTLS: true, pool: true, maxMessages: Number.POSITIVE_INFINITY });
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      transport.sendMail({ from: 'app@acme.test', to: 'ada@example.com', subject: `Mail ${index}`, text: 'x' }),
    ),
  );
  transport.close();
}
