import type { ReactNode } from 'react';
import { Contact } from './told.js';

/** Where people find the number that their check-ins carry. */
export function PlanetHelp(): ReactNode {
  return (
    <details className="help">
      <summary>星球 ID 在哪里？</summary>
      <ol>
        <li>打开知识星球，点右下角「我的」，再点自己的头像。</li>
        <li>个人主页里「星球编号」或「用户 ID」后面的那串数字就是，长按可以复制。</li>
        <li>找不到的话，请联系助教，或者请助教发一个你的专属报名链接。</li>
      </ol>
      <Contact />
    </details>
  );
}
