import type { Component } from 'svelte';
import type { Message } from '../../../src/http/api/schemas/message.ts';
import type { Tab } from '../frame/routes.ts';

type TabModule = Promise<{ readonly default: Component<{ message: Message }> }>;

/** The tabs that a message doesn't open with: each is loaded when it is shown. */
export const LAZY_TABS: Readonly<Record<Exclude<Tab, 'html' | 'text'>, () => TabModule>> = {
  headers: () => import('./HeadersTab.svelte'),
  raw: () => import('./RawTab.svelte'),
  parts: () => import('./PartsTab.svelte'),
  journey: () => import('../journey/JourneyTab.svelte'),
  session: () => import('./SessionTab.svelte'),
  checks: () => import('./ChecksTab.svelte'),
};
