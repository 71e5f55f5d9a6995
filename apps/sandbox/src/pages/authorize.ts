import type { World } from '../world.js';
import { html, page } from './html.js';

const RECENT = 8;

/** Where a person says who they are: real WeChat knows, the sandbox has to ask. */
export function authorizePage(world: World, query: Record<string, string | undefined>): string {
  // Only member pages ask who somebody is, so those who paid a deposit come first. Beside max() SQLite gives the description of the same
  // row: https://www.sqlite.org/lang_select.html#bareagg
  const sql = `SELECT openid, description, max(paid_at) FROM trade WHERE openid IS NOT NULL GROUP BY openid
    ORDER BY description LIKE '%押金%' DESC, max(paid_at) DESC LIMIT ?`;
  const recent = world.store.all<{ openid: string; description: string }>(sql, RECENT);
  const hidden = Object.entries(query)
    .filter(([name]) => name !== 'openid')
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value ?? ''}" />`);
  const choices = recent.map(
    ({ openid, description }) =>
      html`<button class="quiet" name="openid" value="${openid}">${openid}</button>
        <p class="soft">${description}</p>`,
  );
  const suggestion = `oSBdemo_${Date.now().toString(36)}`;
  return page(
    '微信授权（沙箱）',
    html`<h1>以谁的身份登录？</h1>
      <p class="soft">沙箱里没有真的微信账号，请选择或填写一个 openid。</p>
      ${
        recent.length > 0
          ? html`<form class="card">
              <p class="soft">最近付过款的人</p>
              ${hidden}${choices}
            </form>`
          : null
      }
      <form class="card">
        ${hidden}
        <label>openid <input name="openid" value="${suggestion}" required maxlength="128" /></label>
        <button class="big">同意并继续</button>
      </form>`,
  );
}
