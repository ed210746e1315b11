import { mount } from 'svelte';
import type { AppBasis } from './app.ts';
import App from './App.svelte';

/** Draws the page. */
export function mountPage(basis: AppBasis): void {
  mount(App, { target: document.body, props: basis });
}
