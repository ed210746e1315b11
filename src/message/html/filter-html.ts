import { QuoteType, Tokenizer } from 'htmlparser2';
import { findAttributeRole, isToldAttribute, parseSourceSet } from './attributes.ts';
import { isHidden, isKept, isTold, isVoid } from './elements.ts';
import { createHtmlWriter, escapeMarkup, type FilteredHtml } from './filtered-html.ts';
import { followForeignContent } from './foreign-content.ts';
import { findLink } from './link.ts';
import { filterStyle } from './style-filter.ts';

/** Of an address that is shown as text, no more than this. */
const SHOWN_ADDRESS_LENGTH = 200;
const DOCTYPE = /^doctype[\s\w"'./:+-]*$/i;
/** What a mail may say of its page: how wide it is, and that it knows the dark. */
const META = /^(?:viewport|color-scheme|supported-color-schemes)$/i;

/**
 * Writes hostile HTML anew, so that nothing in it runs, sends or leads away, and leaves gaps where something would be
 * loaded. It is read in tokens, as a browser reads it, and only what is known to be harmless is written: plain start and
 * end tags, attributes between double quotes, escaped text, filtered CSS. Whatever tree a browser makes of that, no token
 * of it can become another: so there is no tree here, depth costs nothing, and time is linear.
 */
export function filterHtml(html: string): FilteredHtml {
  const out = createHtmlWriter();
  const foreign = followForeignContent();
  let tag = '';
  let attributes = new Map<string, string>();
  let attribute = '';
  let value: string[] = [];
  /** The element whose content is left out, and how often it is open: templates nest. */
  let hidden: { readonly name: string; depth: number } | undefined;
  /** The style sheet that is being read. */
  let style: { readonly text: string[]; readonly media: string } | undefined;
  /** The address of the open link, if it isn't one any more. */
  let address: string | undefined;
  let doctype = '';
  let isStarted = false;

  // In HTML `<![CDATA[` is a comment that ends at the next `>`; the tokenizer would look for `]]>`.
  const source = html.replaceAll('<![CDATA[', '<!CDATA[');
  const slice = (start: number, end: number): string => source.slice(start, end);
  const tokenizer = new Tokenizer(
    {},
    {
      isInForeignContext: () => foreign.kind !== undefined,
      ontext: (start, end) => onText(slice(start, end)),
      ontextentity: (codePoint) => onText(String.fromCodePoint(codePoint)),
      onopentagname(start, end) {
        tag = slice(start, end).toLowerCase();
        attributes = new Map();
      },
      onattribname(start, end) {
        attribute = slice(start, end).toLowerCase();
        value = [];
      },
      onattribdata: (start, end) => value.push(slice(start, end)),
      onattribentity: (codePoint) => value.push(String.fromCodePoint(codePoint)),
      onattribend(quote) {
        // Of two the first counts.
        if (!attributes.has(attribute)) attributes.set(attribute, quote === QuoteType.NoValue ? '' : value.join(''));
      },
      onopentagend: () => onStartTag(tag, false),
      onselfclosingtag: () => onStartTag(tag, true),
      onclosetag: (start, end) => onEndTag(slice(start, end).toLowerCase()),
      ondeclaration(start, end) {
        const text = slice(start, end);
        if (!isStarted && DOCTYPE.test(text)) doctype = `<!${text}>`;
        isStarted = true;
      },
      oncdata: () => {},
      oncomment: () => {},
      onprocessinginstruction: () => {},
      onend() {
        endStyle();
        endLink();
      },
    },
  );
  tokenizer.write(source);
  tokenizer.end();
  return out.finish(doctype);

  function onText(text: string): void {
    if (style) style.text.push(text);
    else if (!hidden) out.write(escapeMarkup(text));
    isStarted ||= text.trim() !== '';
  }

  function onStartTag(written: string, isSelfClosing: boolean): void {
    isStarted = true;
    const isBrokenOut = foreign.breakOut(written);
    if (hidden && !isBrokenOut) {
      if (written === hidden.name && !isSelfClosing) hidden.depth += 1;
      return;
    }
    // Nothing closed it, but the SVG around it is at its end.
    hidden = undefined;
    const isForeign = foreign.kind !== undefined;
    const isClosed = isForeign && isSelfClosing;
    // Browsers have two names for it.
    const name = written === 'image' && !isForeign ? 'img' : written;
    if (name === 'style' && !isForeign) startStyle();
    else if (isHidden(name, isForeign)) {
      if (isTold(name)) out.remove(`<${name}>`);
      if (!isClosed) hidden = { name, depth: 1 };
    } else if (name === 'meta') writeMeta();
    else if (name === 'link') writeLink();
    else if (name === 'plaintext' || name === 'xmp') out.write('<pre>');
    else if (isKept(name, isSvg(name))) writeStartTag(name, { isClosed });
    else if (isTold(name)) out.remove(`<${name}>`);
    if (!isSelfClosing) foreign.open(name);
  }

  function onEndTag(name: string): void {
    if (style && name === 'style') endStyle();
    else if (hidden && name === hidden.name) {
      hidden.depth -= 1;
      if (hidden.depth === 0) hidden = undefined;
    } else if ((name === 'svg' || name === 'math') && foreign.kind !== undefined) hidden = undefined;
    if (!hidden) {
      if (name === 'a') endLink();
      if (name === 'xmp') out.write('</pre>');
      else if (isKept(name, isSvg(name)) && !isVoidEnd(name)) out.write(`</${name}>`);
    }
    foreign.close(name);
  }

  function isSvg(name: string): boolean {
    return name === 'svg' || foreign.kind === 'svg';
  }

  function writeStartTag(name: string, { isClosed }: { readonly isClosed: boolean }): void {
    out.write(`<${name}`);
    for (const [key, text] of attributes) {
      switch (findAttributeRole(name, key, isSvg(name))) {
        case 'plain':
          // Attributes of SVG are CSS.
          if (isSvg(name) && /[(\\]/.test(text)) writeStyle(key, text);
          else out.write(text === '' ? ` ${key}` : ` ${key}="${escapeMarkup(text)}"`);
          break;
        case 'style':
          writeStyle(key, text);
          break;
        case 'resource':
          out.write(` ${key}="`);
          out.writeResource(text, 'media', { isStyle: false });
          out.write('"');
          break;
        case 'resources':
          writeSources(key, text);
          break;
        case undefined:
          if (isToldAttribute(key)) out.remove(key);
      }
    }
    if (name === 'a' || name === 'area') writeTarget();
    out.write(isClosed ? '/>' : '>');
  }

  function writeStyle(key: string, css: string): void {
    out.write(` ${key}="`);
    filterStyle(css, {
      write: (text) => out.write(escapeMarkup(text)),
      writeResource: (link, use) => out.writeResource(link, use, { isStyle: true }),
    });
    out.write('"');
  }

  function writeSources(key: string, text: string): void {
    out.write(` ${key}="`);
    for (const [index, { link, descriptor }] of parseSourceSet(text).entries()) {
      if (index > 0) out.write(', ');
      out.writeResource(link, 'media', { isStyle: false });
      // Without a blank, a comma at the end of a URL would be part of it.
      out.write(` ${descriptor}`);
    }
    out.write('"');
  }

  function writeTarget(): void {
    endLink();
    const link = findLink(attributes.get('href') ?? '');
    if (link === undefined) return;
    if ('href' in link) {
      const elsewhere = link.href.startsWith('#') ? '' : ' target="_blank" rel="noopener noreferrer"';
      out.write(` href="${escapeMarkup(link.href)}"${elsewhere}`);
      return;
    }
    out.addAddress(link.address);
    address = link.address;
  }

  /** Shows the address of a link that isn't one any more, behind its text. */
  function endLink(): void {
    if (address === undefined) return;
    const isLong = address.length > SHOWN_ADDRESS_LENGTH;
    const shown = `${address.slice(0, SHOWN_ADDRESS_LENGTH)}${isLong ? '…' : ''}`.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD');
    address = undefined;
    out.write(` <bdi>[${escapeMarkup(shown)}]</bdi>`);
  }

  function startStyle(): void {
    const type = attributes.get('type') ?? '';
    style = /^(?:text\/css)?$/i.test(type) ? { text: [], media: attributes.get('media') ?? '' } : undefined;
    if (!style) hidden = { name: 'style', depth: 1 };
  }

  function endStyle(): void {
    if (!style) return;
    const { text, media } = style;
    style = undefined;
    out.write(media === '' ? '<style>' : `<style media="${escapeMarkup(media)}">`);
    filterStyle(text.join(''), {
      write: (css) => out.write(css),
      writeResource: (link, use) => out.writeResource(link, use, { isStyle: true }),
    });
    out.write('</style>');
  }

  function writeMeta(): void {
    const name = attributes.get('name') ?? '';
    if (META.test(name)) {
      out.write(`<meta name="${escapeMarkup(name)}" content="${escapeMarkup(attributes.get('content') ?? '')}">`);
    }
    const equivalent = attributes.get('http-equiv')?.toLowerCase() ?? '';
    if (equivalent !== '' && equivalent !== 'content-type') out.remove(`<meta http-equiv=${equivalent.slice(0, 40)}>`);
  }

  function writeLink(): void {
    if (attributes.get('rel')?.trim().toLowerCase() !== 'stylesheet') {
      out.remove('<link>');
      return;
    }
    const media = attributes.get('media') ?? '';
    out.write(`<link rel="stylesheet"${media === '' ? '' : ` media="${escapeMarkup(media)}"`} href="`);
    out.writeResource(attributes.get('href') ?? '', 'style-sheet', { isStyle: false });
    out.write('">');
  }
}

/** `</br>` is a line break to browsers; the others' end tags are nothing. */
function isVoidEnd(name: string): boolean {
  return isVoid(name) && name !== 'br';
}
