import { expect, test } from 'vitest';
import { formatRoute, parseRoute, type Route } from '../../../web/src/frame/routes.ts';

const message = { view: 'message', query: '', id: '4hT', tab: undefined, width: undefined } as const;
const config = { view: 'config', query: '', parameter: undefined, all: false, find: '' } as const;

test.for<{ href: string; route: Route }>([
  { href: '/', route: { view: 'inbox', query: '' } },
  { href: '/?q=is%3Aunread', route: { view: 'inbox', query: 'is:unread' } },
  { href: '/connect', route: { view: 'connect', query: '' } },
  { href: '/config', route: config },
  {
    href: '/config/mydomain?all=1&find=my&q=ada',
    route: { ...config, parameter: 'mydomain', all: true, find: 'my', query: 'ada' },
  },
  { href: '/view/4hT', route: message },
  { href: '/view/latest', route: { ...message, id: 'latest' } },
  { href: '/view/4hT/headers', route: { ...message, tab: 'headers' } },
  { href: '/view/4hT/html?w=375', route: { ...message, tab: 'html', width: 375 } },
  { href: '/view/4hT/raw#L120-L130', route: { ...message, tab: 'raw', anchor: 'L120-L130' } },
  { href: '/view/4hT/parts#2.1', route: { ...message, tab: 'parts', anchor: '2.1' } },
  { href: '/view/4hT/session', route: { ...message, tab: 'session' } },
  { href: '/view/4hT/checks', route: { ...message, tab: 'checks' } },
  {
    href: '/view/4hT/journey?rcpt=a%40b.test&step=4',
    route: { ...message, tab: 'journey', rcpt: 'a@b.test', step: 4 },
  },
  { href: '/view/4hT/html?w=375&dark=1', route: { ...message, tab: 'html', width: 375, dark: true } },
  { href: '/view/4hT/text?q=ada', route: { ...message, tab: 'text', query: 'ada' } },
])('$href is a view, and the view is that link', ({ href, route }) => {
  expect(parseRoute(href)).toEqual(route);
  expect(formatRoute(route)).toBe(href);
});

test.for([
  { href: '/nowhere', route: { view: 'inbox', query: '' }, why: 'an unknown path is the inbox' },
  { href: '/view/4hT/journal', route: message, why: 'an unknown tab is the default one' },
  { href: '/view/4hT/html?w=-5', route: { ...message, tab: 'html' }, why: 'a width that is none is left out' },
  { href: '/view/4hT/journey?step=4', route: { ...message, tab: 'journey' }, why: 'a step of nobody is none' },
  { href: '/view/%E0%A4%A', route: { ...message, id: '%E0%A4%A' }, why: 'a broken escape stays as it is' },
])('$href: $why', ({ href, route }) => {
  expect(parseRoute(href)).toEqual(route);
});
