import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd-mobile';
import type { ReactNode } from 'react';
import { Copy } from './copy.js';
import { useSettings } from './settings.js';
import { signIn } from './sign-in.js';
import { inWechat } from './wechat.js';

/** Leads back to one's own orders through WeChat, or says how to get there. */
export function Recover({ why }: { why: string }): ReactNode {
  const wechatOnly = useSettings()?.wechatOnly ?? false;
  const leave = useMutation({ mutationFn: signIn });
  if (wechatOnly && !inWechat)
    return (
      <section className="card recover">
        <h2>在微信里打开，就能找回报名</h2>
        <p>{why}复制链接，发给自己或任意一个微信聊天，再点开它，你付过款的报名都会回来。</p>
        <Copy text={location.href} label="复制链接" />
      </section>
    );
  return (
    <section className="card recover">
      <h2>用微信找回我的报名</h2>
      <p>{why}用付款时的微信登录，你付过款的报名都会回来。</p>
      {leave.isError && (
        <p className="wrong" role="alert">
          没能打开微信登录，请检查网络后再试。
        </p>
      )}
      <Button
        block
        color="primary"
        size="large"
        // The page is on its way to WeChat.
        loading={leave.isPending || leave.isSuccess}
        loadingText="正在打开微信"
        onClick={() => leave.mutate()}
      >
        微信登录
      </Button>
    </section>
  );
}
