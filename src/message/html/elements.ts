/** Elements that stay, with their content. All others are left out, and what is in them stays. */
const KEPT: ReadonlySet<string> = words(
  `html head body a abbr acronym address area article aside audio b bdi bdo big blink blockquote br button caption center
  cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer
  h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd label legend li listing main map mark marquee menu meter nav nobr
  ol optgroup option output p picture pre progress q rb rp rt rtc ruby s samp search section select small source span
  strike strong sub summary sup table tbody td textarea tfoot th thead time tr track tt u ul var video wbr`,
);

/** Of SVG what draws shapes; nothing that loads, moves, runs, or holds HTML. */
const KEPT_SVG: ReadonlySet<string> = words(
  `svg g defs path rect circle ellipse line polyline polygon text tspan lineargradient radialgradient stop clippath mask
  pattern`,
);

/** Elements that no one misses in a mail: their tags go without a word. */
const SILENT: ReadonlySet<string> = words('title noscript noembed noframes math template param');

/** Elements whose content goes with them, up to their end tag. */
const HIDDEN: ReadonlySet<string> = words('script style title iframe noembed noframes template');
/** The same within SVG and MathML. */
const HIDDEN_FOREIGN: ReadonlySet<string> = words('script style title desc metadata annotation annotation-xml');

const VOID: ReadonlySet<string> = words('area br col hr img input source track wbr');

/** Start tags that end SVG and MathML, closed or not. @see https://html.spec.whatwg.org/#parsing-main-inforeign */
const BREAKOUT: ReadonlySet<string> = words(
  `b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol
  p pre ruby s small span strong strike sub sup table tt u ul var`,
);

/** Elements of SVG and MathML in which HTML stands. */
const INTEGRATION: ReadonlySet<string> = words('foreignobject desc title mi mo mn ms mtext annotation-xml');

/** Names that no browser will ever give a meaning: `o:p`, `my-card`; style sheets may ask for them. */
const CUSTOM = /^[a-z][a-z0-9]*[-:][a-z0-9._:-]*$/;

/** What becomes of an element's tags. */
export function isKept(name: string, isSvg: boolean): boolean {
  return isSvg ? KEPT_SVG.has(name) : KEPT.has(name) || (CUSTOM.test(name) && !name.startsWith('annotation-'));
}

/** Whether somebody should be told that it was left out. */
export function isTold(name: string): boolean {
  return !SILENT.has(name) && !KEPT_SVG.has(name);
}

/** Whether its content goes with it. */
export function isHidden(name: string, isForeign: boolean): boolean {
  return (isForeign ? HIDDEN_FOREIGN : HIDDEN).has(name);
}

/** Whether it has no end tag. */
export function isVoid(name: string): boolean {
  return VOID.has(name);
}

/** Whether its start tag ends SVG or MathML. */
export function isBreakout(name: string): boolean {
  return BREAKOUT.has(name);
}

/** Whether HTML stands in it, though it is of SVG or MathML. */
export function isIntegrationPoint(name: string): boolean {
  return INTEGRATION.has(name);
}

/** The words of a text, as a set. */
export function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}
