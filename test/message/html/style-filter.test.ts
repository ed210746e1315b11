import { expect, test } from 'vitest';
import { filterStyle } from '../../../src/message/html/style-filter.ts';

/** What is written, with what would be loaded as `[LINK]`; a style sheet as `[@LINK]`. */
function filter(css: string): string {
  const written: string[] = [];
  filterStyle(css, {
    write: (text) => written.push(text),
    writeResource: (link, use) => written.push(use === 'media' ? `[${link}]` : `[@${link}]`),
  });
  return written.join('');
}

test.for([
  'p > a:hover, #x::before{color:red;margin:-1px calc(1px - 2%) .5em}',
  '@media (max-width:600px){.a{width:100%!important}}',
  '@font-face{font-family:"A B";font-weight:400}',
  'a[href^="https://a.test"]{content:"\u2022"}',
  'p{--a:1;color:var(--a)}',
  '@supports (display:grid) and (not (x:y)){a{}}',
])('%s stays as it is', (css) => {
  expect(filter(css)).toBe(css);
});

test.for([
  { css: 'a{b:url(x)}', written: 'a{b:url("[x]")}' },
  { css: 'a{b:url( "x" )}', written: 'a{b:url("[x]" )}' },
  { css: "a{b:URL('x\\'y')}", written: `a{b:url("[x'y]")}` },
  { css: 'a{b:u\\72 l(x)}', written: 'a{b:url("[x]")}' },
  { css: 'a{b:\\75\\72\\6c(x)}', written: 'a{b:url("[x]")}' },
  { css: 'a{b:url(x\\)y)}', written: 'a{b:url("[x)y]")}' },
  { css: 'a{b:url(x', written: 'a{b:url("[x]")' },
  {
    css: 'a{b:image-set("x" 1x,url(y) 2x,"z" type("image/png"))}',
    written: 'a{b:image-set("[x]" 1x,url("[y]") 2x,"[z]" type("image/png"))}',
  },
  { css: 'a{b:image-set(var(--x) 1x)}', written: 'a{b:image-set(blocked(--x) 1x)}' },
  { css: 'a{b:src("x")}', written: 'a{b:src("[x]")}' },
  { css: '@import "x" screen;', written: '@import "[@x]" screen;' },
  { css: '@import/**/url(x);', written: '@import/**/url("[@x]");' },
  { css: '@\\69mport "x";', written: '@import "[@x]";' },
  { css: '@IMPORT\n"x";a{b:"y"}', written: '@IMPORT\n"[@x]";a{b:"y"}' },
])('what would be loaded is handed over: $css', ({ css, written }) => {
  expect(filter(css)).toBe(written);
});

test.for([
  { css: 'a{width:expression(x)}', written: 'a{width:blocked(x)}' },
  { css: 'a{behavior:url(x);-moz-binding : url(y)}', written: 'a{blocked:url("[x]");blocked : url("[y]")}' },
  { css: '.behavior{scroll-behavior:auto}', written: '.behavior{scroll-behavior:auto}' },
])('what ran code in old browsers gets another name: $css', ({ css, written }) => {
  expect(filter(css)).toBe(written);
});

test.for([
  { css: 'a{b:u/*x*/rl(y)}', written: 'a{b:u/**/rl(y)}', why: 'a comment' },
  { css: 'a{b:u<!--rl("y")}', written: 'a{b:u rl("y")}', why: 'the start of a comment in HTML' },
  { css: 'a{b:u-->rl("y")}', written: 'a{b:u-->rl("y")}', why: 'which is a name, and `>`' },
  { css: 'a{b:u\\\nrl("y")}', written: 'a{b:u \nrl("y")}', why: 'a backslash that escapes nothing' },
  { css: 'a{b:u\0rl("y")}', written: 'a{b:u rl("y")}', why: 'NUL' },
])('nothing that goes joins what stands around it: $why', ({ css, written }) => {
  expect(filter(css)).toBe(written);
});

test.for([
  { css: 'a{b:"</style>"}', written: 'a{b:"\\3c /style\\3e "}' },
  { css: '</style>', written: '< /style>' },
  { css: '\\3c/style{}', written: '\\3c /style{}' },
  { css: '@media (width<600px){}', written: '@media (width< 600px){}' },
  { css: '@media (width<=600px){}', written: '@media (width<=600px){}' },
  { css: 'a{&:hover{}&#b{}&amp;}', written: 'a{&:hover{}\\26 #b{}\\26 amp;}' },
  { css: 'a{b:"x', written: 'a{b:"x"' },
  { css: 'a{b:"x\ny"}', written: 'a{b:"x"\ny"}"' },
])('no markup and no reference can be made of it: $css', ({ css, written }) => {
  expect(filter(css)).toBe(written);
});
