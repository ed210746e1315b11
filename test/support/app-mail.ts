import { createTransport } from 'nodemailer';

/** A mail as nodemailer takes it. */
export type Mail = Parameters<ReturnType<typeof createTransport>['sendMail']>[0];

/** Sends one mail as an app would: from Acme to Ada, unless it says otherwise. @returns its queue ID */
export async function sendAsApp(smtp: { readonly host: string; readonly port: number }, mail: Mail): Promise<string> {
  const transport = createTransport({ ...smtp, ignoreTLS: true });
  const { response } = await transport.sendMail({ from: 'Acme <app@acme.test>', to: 'ada@example.com', ...mail });
  transport.close();
  return response.slice(response.lastIndexOf(' ') + 1);
}
