import react from '@vitejs/plugin-react';
import type { PluginOption } from 'vite';
import { webApp } from '../../vite.app.ts';

const said = (zh: string, en: string): string =>
  `(document.documentElement.lang === 'en' ? '${en}' : '${zh}')`;

/**
 * What antd has a screen reader say that are no words of the reader's, and that it offers no other way to change: each icon by its file's
 * name, and a few buttons in English. Icons only repeat what stands beside them, or what their button is called.
 */
const SAID: readonly { file: string; by: string | RegExp; instead: string }[] = [
  {
    file: '/@ant-design/icons/es/components/AntdIconLight.js',
    by: 'role: "img",\n    "aria-label": icon.name',
    instead: '...(restProps["aria-label"] ? { role: "img" } : { "aria-hidden": true })',
  },
  {
    file: '/antd/es/pagination/Pagination.js',
    by: /const prevIcon = (.*?createElement\("button", \{)([^]*?)const nextIcon = (.*?createElement\("button", \{)([^]*?)\[direction, prefixCls\]/,
    instead:
      'const prevIcon = $1"aria-label": locale.prev_page,$2const nextIcon = $3"aria-label": locale.next_page,$4[direction, prefixCls, locale.next_page]',
  },
  {
    file: '/@rc-component/input-number/es/StepHandler.js',
    by: "isUpAction ? 'Increase Value' : 'Decrease Value'",
    instead: `isUpAction ? ${said('增加', 'Increase')} : ${said('减少', 'Decrease')}`,
  },
];

/** @throws Error where a new release of the kit says it otherwise */
function wordsOfTheKit(): PluginOption {
  const left = new Set(SAID);
  return {
    name: 'words-of-the-kit',
    apply: 'build',
    transform(code, id) {
      const found = SAID.find(({ file }) => id.split('?')[0]?.endsWith(file));
      if (!found) return null;
      const changed = code.replace(found.by, found.instead);
      if (changed === code) throw new Error(`${id} does not say ${String(found.by)} any more`);
      left.delete(found);
      return { code: changed, map: null };
    },
    buildEnd(error) {
      if (!error && left.size > 0)
        throw new Error(`the kit has no ${[...left].map(({ file }) => file).join(', ')} any more`);
    },
  };
}

export default webApp('/admin/', [react(), wordsOfTheKit()]);
