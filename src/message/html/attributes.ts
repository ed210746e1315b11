import { words } from './elements.ts';

/** Attributes that load nothing, run nothing and lead nowhere. */
const KEPT: ReadonlySet<string> = words(
  `abbr align alt axis bgcolor border bordercolor cellpadding cellspacing char charoff charset class clear color cols
  colspan compact controls coords datetime dir disabled face for frame headers height hidden high hspace id inert kind
  label lang link alink vlink loop low max media min multiple muted name noshade nowrap open optimum optional placeholder
  playsinline readonly required reversed role rows rowspan rules scope selected checked shape size sizes span srclang
  start step style summary tabindex text title topmargin leftmargin marginheight marginwidth translate type usemap valign
  value vspace width wrap xmlns`,
);

/** The same of SVG; they may hold `url()`. */
const KEPT_SVG: ReadonlySet<string> = words(
  `class id style lang role d x y x1 y1 x2 y2 cx cy r rx ry fx fy points width height viewbox preserveaspectratio
  transform opacity fill fill-opacity fill-rule clip-rule clip-path clippathunits mask maskunits stroke stroke-width
  stroke-linecap stroke-linejoin stroke-dasharray stroke-dashoffset stroke-miterlimit stroke-opacity offset stop-color
  stop-opacity gradientunits gradienttransform patternunits patterncontentunits patterntransform spreadmethod
  font-family font-size font-weight font-style text-anchor dominant-baseline dx dy rotate textlength lengthadjust display
  visibility vector-effect color xmlns version`,
);

const FREE = /^(?:data|aria)-[a-z0-9_.-]+$/;
/** What a reader should know of: it would have run, loaded or sent something. */
const TOLD = /^on[a-z]+$|^(?:srcdoc|ping|action|formaction|background|attributionsrc|manifest|profile|longdesc)$/;

/** How an attribute's value is written: as it is, as CSS, as one resource or several; `undefined`: not at all. */
export type AttributeRole = 'plain' | 'style' | 'resource' | 'resources' | undefined;

/** What an attribute of a kept element is. Links (`href`) aren't looked at here. */
export function findAttributeRole(element: string, name: string, isSvg: boolean): AttributeRole {
  if (FREE.test(name)) return 'plain';
  if (isSvg) return !KEPT_SVG.has(name) ? undefined : name === 'style' ? 'style' : 'plain';
  switch (name) {
    case 'style':
      return 'style';
    case 'src':
      return /^(?:img|input|audio|video|source|track)$/.test(element) ? 'resource' : undefined;
    case 'poster':
      return element === 'video' ? 'resource' : undefined;
    case 'background':
      return 'resource';
    case 'srcset':
      return element === 'img' || element === 'source' ? 'resources' : undefined;
    default:
      return KEPT.has(name) ? 'plain' : undefined;
  }
}

/** Whether somebody should be told that an attribute was left out. */
export function isToldAttribute(name: string): boolean {
  return TOLD.test(name);
}

/** A picture of a `srcset`, and what is said of it: `2x`, `600w`, or nothing. */
export interface SourceCandidate {
  readonly link: string;
  readonly descriptor: string;
}

const LINK = /[\s,]*(\S*)/y;
const DESCRIPTORS = /[^,]*/y;

/** Reads a `srcset`. @see https://html.spec.whatwg.org/#parse-a-srcset-attribute */
export function parseSourceSet(text: string): readonly SourceCandidate[] {
  const candidates: SourceCandidate[] = [];
  LINK.lastIndex = 0;
  for (let found = LINK.exec(text); found?.[1]; found = LINK.exec(text)) {
    const link = found[1].replace(/,+$/, '');
    let descriptor = '';
    if (link === found[1]) {
      DESCRIPTORS.lastIndex = LINK.lastIndex;
      const rest = DESCRIPTORS.exec(text)?.[0] ?? '';
      LINK.lastIndex += rest.length;
      descriptor = /\d[\d.]*[wxh]/.exec(rest)?.[0] ?? '';
    }
    if (link !== '') candidates.push({ link, descriptor });
  }
  return candidates;
}
