/** Text that has been made safe for HTML. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = string | number | null | Html | Html[];

function safe(part: Part): string {
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(safe).join('');
  return String(part ?? '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A template whose values are escaped unless they are Html themselves. */
export function html(strings: TemplateStringsArray, ...values: Part[]): Html {
  return new Html(String.raw({ raw: strings }, ...values.map(safe)));
}

const STYLE = `
  :root { color-scheme: light dark; --ink: #191919; --soft: #737373; --line: #e5e5e5; --page: #f2f3f5; --card: #fff; --green: #05843f; }
  @media (prefers-color-scheme: dark) { :root { --ink: #eaeaea; --soft: #9a9a9a; --line: #333; --page: #111; --card: #1c1c1e; } }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
  main { max-width: 26rem; margin: 0 auto; padding: 1.5rem 1rem calc(2rem + env(safe-area-inset-bottom)); }
  main.wide { max-width: 68rem; }
  h1 { font-size: 1.35rem; margin: 0 0 .25rem; } h2 { font-size: 1.05rem; margin: 2rem 0 .6rem; }
  p { margin: .4rem 0; } .soft { color: var(--soft); font-size: .9rem; }
  .card { background: var(--card); border-radius: 14px; padding: 1.25rem; margin: 1rem 0; }
  .center { text-align: center; }
  .sum { font-size: 2.75rem; font-weight: 600; font-variant-numeric: tabular-nums; margin: .5rem 0; }
  .sum small { font-size: 1.5rem; margin-right: .15rem; }
  dl { display: grid; grid-template-columns: auto 1fr; gap: .5rem 1rem; margin: 0; }
  dt { color: var(--soft); } dd { margin: 0; text-align: right; overflow-wrap: anywhere; }
  button, .button { display: inline-block; min-height: 44px; padding: .5rem 1.1rem; border: 0; border-radius: 10px; background: var(--green); color: #fff; font: inherit; font-weight: 600; cursor: pointer; text-decoration: none; }
  button.big, .button.big { width: 100%; min-height: 52px; font-size: 1.15rem; text-align: center; }
  button.quiet { background: none; color: inherit; border: 1px solid var(--line); font-weight: 400; text-align: left; width: 100%; margin-bottom: .5rem; overflow-wrap: anywhere; }
  button:focus-visible, a:focus-visible, input:focus-visible { outline: 3px solid #4c9aff; outline-offset: 2px; }
  input { width: 100%; min-height: 44px; padding: .4rem .7rem; border: 1px solid var(--line); border-radius: 10px; background: transparent; color: inherit; font: inherit; }
  label { display: block; margin: .8rem 0; }
  .scroll { overflow-x: auto; background: var(--card); border-radius: 14px; }
  table { border-collapse: collapse; width: 100%; font-size: .9rem; }
  th, td { padding: .6rem .8rem; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
  tr:last-child td { border-bottom: 0; } th { color: var(--soft); font-weight: 500; } td.number { text-align: right; font-variant-numeric: tabular-nums; }
  code { font: .85em ui-monospace, Menlo, Consolas, monospace; }
  .badge { display: inline-block; padding: 0 .55rem; border-radius: 99px; background: #8883; font-size: .85rem; }
  .badge.good { background: #07c16026; color: #079a4d; } .badge.bad { background: #fa515126; color: #d63c3c; } .badge.wait { background: #ffc30033; color: #a87900; }
  .mark { font-size: 3rem; line-height: 1; }
  .qr svg { width: 11rem; height: 11rem; background: #fff; border-radius: 10px; padding: .5rem; }
  form { margin: 0; }
`;

/** A whole page. `wide` is for tables, otherwise it is as wide as a phone. */
export function page(title: string, body: Html, wide = false): string {
  const content = html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <title>${title}</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <main class="${wide ? 'wide' : ''}">${body}</main>
      </body>
    </html>`;
  return content.text;
}
