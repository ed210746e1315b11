/** HTML that tries to run a script or to reach `canary` (an origin); each says which path it asks for if it gets through. */
export function hostileHtml(canary: string): readonly { readonly name: string; readonly html: string }[] {
  const call = (name: string) => `fetch('${canary}/${name}')`;
  return [
    { name: 'script', html: `<script>${call('script')}</script>` },
    { name: 'onerror', html: `<img src="data:," onerror="${call('onerror')}">` },
    { name: 'svg-onload', html: `<svg onload="${call('svg-onload')}"></svg>` },
    { name: 'image', html: `<img src="${canary}/image">` },
    { name: 'background', html: `<div style="background:url(${canary}/background)">x</div>` },
    { name: 'stylesheet', html: `<link rel="stylesheet" href="${canary}/stylesheet">` },
    { name: 'style-import', html: `<style>@import url(${canary}/style-import);</style>` },
    { name: 'font', html: `<style>@font-face{font-family:x;src:url(${canary}/font)}p{font-family:x}</style><p>x</p>` },
    { name: 'preload', html: `<link rel="preload" as="image" href="${canary}/preload">` },
    { name: 'refresh', html: `<meta http-equiv="refresh" content="0;url=${canary}/refresh">` },
    { name: 'frame', html: `<iframe src="${canary}/frame"></iframe>` },
    { name: 'frame-breakout', html: `</iframe><script>${call('frame-breakout')}</script>` },
    { name: 'srcdoc', html: `<iframe srcdoc="<script>${call('srcdoc')}</script>"></iframe>` },
    { name: 'object', html: `<object data="${canary}/object"></object>` },
    { name: 'embed', html: `<embed src="${canary}/embed">` },
    { name: 'video', html: `<video autoplay src="${canary}/video"></video>` },
    { name: 'base', html: `<base href="${canary}/"><img src="base">` },
    {
      name: 'form',
      html: `<form id="f" action="${canary}/form"></form><script>document.getElementById('f').submit()</script>`,
    },
  ];
}
