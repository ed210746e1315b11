/** The words of the page that says how to send mail here. */
export const connect = {
  nothingYet: 'Nothing yet',
  listening: 'Listening on',
  lead: 'Point your app at this address. Each message that it sends is kept and appears here at once; none is passed on. Any user name and password are accepted.',
  snippets: 'Settings for',
  failed: 'The server’s addresses could not be loaded.',
  noListener: 'The server has no SMTP listener.',
};

/** What every language has of them. */
export type ConnectStrings = typeof connect;
