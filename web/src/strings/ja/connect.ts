import type { ConnectStrings } from '../en/connect.ts';

/** The words of the page that says how to send mail here, in Japanese. */
export const connect = {
  nothingYet: 'メールはまだありません',
  listening: '待ち受け中:',
  lead: 'アプリの送信先をこのアドレスにしてください。送信されたメールはすべて保存され、すぐにここに表示されます。外部には一切配送されません。ユーザー名とパスワードは何でも構いません。',
  snippets: '設定例',
  failed: 'サーバーのアドレスを読み込めませんでした。',
  noListener: 'サーバーに SMTP のリスナーがありません。',
} satisfies ConnectStrings;
