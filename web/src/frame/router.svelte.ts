import { formatRoute, parseRoute, type Route } from './routes.ts';

/** The address bar as a value. */
export interface Router {
  readonly route: Route;
  /** Goes to a view. With `replace`, Back doesn't lead to the one that is left. */
  go(to: Route, options?: { readonly replace?: boolean }): void;
  /** For an `<a href onclick>`: a plain click stays in the page, any other is the browser's. */
  follow(event: MouseEvent, to: Route): void;
}

/** Follows the browser's history, and writes it. */
export function createRouter(): Router {
  let route = $state.raw(parseRoute(location.href));
  addEventListener('popstate', () => (route = parseRoute(location.href)));

  function go(to: Route, { replace = false } = {}): void {
    const href = formatRoute(to);
    if (href === `${location.pathname}${location.search}${location.hash}`) return;
    history[replace ? 'replaceState' : 'pushState'](null, '', href);
    route = to;
  }

  return {
    get route() {
      return route;
    },
    go,
    follow(event, to) {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      go(to);
    },
  };
}
