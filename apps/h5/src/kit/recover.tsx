import { Button } from 'antd-mobile';
import { useEffect, useState, type ReactNode } from 'react';
import { Copy } from './copy.js';
import { canSignIn, signIn } from './sign-in.js';

/** Leads back to one's own orders through WeChat, or says how to get there. */
export function Recover({ why }: { why: string }): ReactNode {
  const [possible, setPossible] = useState<boolean | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    canSignIn().then(setPossible, () => setPossible(true));
  }, []);
  const leave = (): void => {
    setBusy(true);
    signIn().catch(() => {
      setBusy(false);
      setFailed(true);
    });
  };
  if (possible === false)
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
      {failed && (
        <p className="wrong" role="alert">
          没能打开微信登录，请检查网络后再试。
        </p>
      )}
      <Button block color="primary" size="large" loading={busy} loadingText="正在打开微信" onClick={leave}>
        微信登录
      </Button>
    </section>
  );
}
