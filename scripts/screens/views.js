// What pictures are taken of.

/** As wide and high as INBOX's two drawings. */
export const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];
export const THEMES = ['light', 'dark'];

const TABS = ['html', 'text', 'headers', 'raw', 'parts', 'journey', 'session', 'checks'];

/**
 * The views of an inbox that holds the mails named by `ids`.
 * @param ids a mail's key → its queue ID
 * @returns {readonly { name: string, path: string, keys?: readonly string[], click?: string, ready?: string }[]}
 *   `ready`: what the keys bring up
 */
export function listViews(ids) {
  const aside = [
    { name: 'connect', path: '/connect' },
    { name: 'config', path: '/config' },
    { name: 'config-all', path: '/config/virtual_alias_maps?all=1' },
    { name: 'keys', path: '/', keys: ['?'], ready: 'dialog' },
    { name: 'palette', path: '/', keys: ['ControlOrMeta+k'], ready: 'dialog' },
    { name: 'nothing-found', path: '/?q=subject:inovice' },
  ];
  const { reset, review, invoice, order, newsletter, lure, bounce } = ids;
  const opened = [
    ...(reset ? TABS.map((tab) => ({ name: `message-${tab}`, path: `/view/${reset}/${tab}` })) : []),
    ...(reset ? [{ name: 'message-envelope', path: `/view/${reset}/text`, click: '[aria-expanded=false]' }] : []),
    ...(review ? ['html', 'journey', 'session', 'checks'].map((tab) => toView('many', review, tab)) : []),
    ...(invoice ? ['html', 'parts'].map((tab) => toView('invoice', invoice, tab)) : []),
    ...(order ? ['html', 'text'].map((tab) => toView('japanese', order, tab)) : []),
    ...(newsletter ? [toView('newsletter', newsletter, 'html'), toView('newsletter', newsletter, 'checks')] : []),
    ...(lure ? ['html', 'text', 'checks'].map((tab) => toView('lure', lure, tab)) : []),
    ...(bounce ? [toView('bounce', bounce, 'parts')] : []),
    { name: 'missing', path: '/view/4hT3NoSuchz1' },
  ];
  return [{ name: 'inbox', path: '/' }, ...opened, ...aside];
}

function toView(name, id, tab) {
  return { name: `${name}-${tab}`, path: `/view/${id}/${tab}` };
}

/** Those that are kept in docs/screens, as `stage/name-width-theme`. */
export const KEPT = new Set([
  '0/inbox-1280-light',
  '0/inbox-390-light',
  '10000/inbox-1280-light',
  '10000/inbox-390-light',
  '10000/message-html-1280-light',
  '10000/message-html-1280-dark',
  '10000/message-html-390-light',
  '10000/many-journey-1280-light',
  '10000/many-journey-390-dark',
  '10000/message-headers-1280-light',
  '10000/invoice-parts-1280-light',
  '10000/many-session-1280-light',
  '10000/newsletter-checks-1280-light',
  '10000/japanese-html-390-dark',
  '10000/config-1280-light',
  '10000/config-1280-dark',
  '10000/keys-1280-light',
  '10000/connect-1280-light',
]);
