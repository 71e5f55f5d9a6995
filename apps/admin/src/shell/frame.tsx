import { isolated } from '@yajin/core';
import { LogoutOutlined, MenuOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Drawer, Dropdown, Layout, Menu, Modal, Skeleton, theme, Typography } from 'antd';
import { lazy, memo, Suspense, useCallback, useEffect, useState, type ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { Link, Navigate, Outlet, useLocation, useNavigate, useNavigation } from 'react-router';
import { queryClient, useApiMutation } from '../kit/api.js';
import { settleFresh } from '../kit/fresh.js';
import { setPreferences, usePreferences } from '../kit/preferences.js';
import { roleWords } from '../kit/role-words.js';
import { end, useSessionState } from '../kit/session.js';
import { useLanguage, useWords, words } from '../kit/text.js';
import { ABOVE_ALL, FreshProof } from './fresh.js';
import { LoginForm } from './login.js';
import { useMenu, type MenuEntry } from './menu.js';
import { useWide } from '../kit/wide.js';

/** Rarely seen, and one of them draws QR codes: not for everybody's first page. */
const Palette = lazy(async () => ({ default: (await import('./palette.js')).Palette }));
const FirstPassword = lazy(async () => ({ default: (await import('./password.js')).FirstPassword }));
const PasswordForm = lazy(async () => ({ default: (await import('./password.js')).PasswordForm }));
const FirstTotp = lazy(async () => ({ default: (await import('../pages/account/totp.js')).FirstTotp }));

const text = words(
  {
    brand: '押金',
    skip: '跳到内容',
    openMenu: '打开菜单',
    search: '搜索',
    account: '账号',
    mine: '我的账号',
    password: '修改密码',
    logout: '退出登录',
    light: '浅色',
    dark: '深色',
    system: '跟随系统',
    theme: '外观',
    language: 'English',
    expired: '登录已过期',
    expiredHint: '重新登录后继续，当前页面的内容不会丢失。',
    elsewhere: '换个账号登录',
  },
  {
    brand: 'Yajin',
    skip: 'Skip to content',
    openMenu: 'Open the menu',
    search: 'Search',
    account: 'Account',
    mine: 'My account',
    password: 'Change password',
    logout: 'Log out',
    light: 'Light',
    dark: 'Dark',
    system: 'As the system',
    theme: 'Appearance',
    language: '中文',
    expired: 'Your session has ended',
    expiredHint: 'Log in again to go on: nothing on this page is lost.',
    elsewhere: 'Log in as somebody else',
  },
);

/** While a page is on its way. */
export function Waiting(): ReactNode {
  return <Skeleton active paragraph={{ rows: 8 }} />;
}

/** Whether what Ctrl-K opens is open; null: it never was. */
function usePalette(): [open: boolean | null, change: (open: boolean) => void] {
  const [open, change] = useState<boolean | null>(null);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      change(true);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return [open, change];
}

/** Everything behind the login: menu, search, account, and the page. */
export function Frame(): ReactNode {
  const { session } = useSessionState();
  const location = useLocation();
  const t = useWords(text);
  const wide = useWide('lg');
  const { token } = theme.useToken();
  const [drawer, setDrawer] = useState(false);
  const closeMenu = useCallback(() => setDrawer(false), []);
  const [palette, setPalette] = usePalette();
  if (!session) return <Navigate to="/login" replace state={{ from: location.pathname + location.search }} />;
  return (
    <Layout
      style={{
        minHeight: '100%',
        ...{ '--line': token.colorBorderSecondary, '--quiet': token.colorTextSecondary },
      }}
    >
      <a className="skip-link" href="#content">
        {t.skip}
      </a>
      <Header
        wide={wide}
        pending={session.pending !== undefined}
        openMenu={() => setDrawer(true)}
        search={() => setPalette(true)}
      />
      <Layout hasSider={wide}>
        {wide && !session.pending && (
          <Layout.Sider
            width={192}
            theme="light"
            style={{ borderRight: `1px solid ${token.colorBorderSecondary}` }}
          >
            <div style={{ position: 'sticky', top: 52, maxHeight: 'calc(100vh - 52px)', overflowY: 'auto' }}>
              <Navigation pathname={location.pathname} />
            </div>
          </Layout.Sider>
        )}
        <Layout.Content
          id="content"
          tabIndex={-1}
          style={{ padding: wide ? 20 : 12, minWidth: 0, outline: 'none' }}
        >
          <Suspense fallback={<Waiting />}>
            <Content pending={session.pending} />
          </Suspense>
        </Layout.Content>
      </Layout>
      <Drawer
        placement="left"
        open={drawer}
        onClose={() => setDrawer(false)}
        title={t.brand}
        size={260}
        styles={{ body: { padding: 0 } }}
      >
        <Navigation pathname={location.pathname} go={closeMenu} />
      </Drawer>
      {!session.pending && palette !== null && (
        <Suspense fallback={null}>
          <Palette open={palette} change={setPalette} />
        </Suspense>
      )}
      <FreshProof />
      <LoginAgain />
    </Layout>
  );
}

/** The page; or what its reader has to do before they see any. */
function Content({ pending }: { pending: Camp.Pending | undefined }): ReactNode {
  switch (pending) {
    case 'password':
      return <FirstPassword />;
    case 'totp':
      return <FirstTotp />;
    case undefined:
      return <CurrentPage />;
  }
}

/** A page that is opened for the first time has to be fetched. */
function CurrentPage(): ReactNode {
  return useNavigation().state === 'loading' ? <Waiting /> : <Outlet />;
}

function Header({
  wide,
  pending,
  openMenu,
  search,
}: {
  wide: boolean;
  /** Something else comes first: there is nothing to go to. */
  pending: boolean;
  openMenu: () => void;
  search: () => void;
}): ReactNode {
  const t = useWords(text);
  const { token } = theme.useToken();
  return (
    <Layout.Header
      style={{
        display: 'flex',
        alignItems: 'center',
        gap: 12,
        background: token.colorBgContainer,
        borderBottom: `1px solid ${token.colorBorderSecondary}`,
        position: 'sticky',
        top: 0,
        zIndex: 10,
      }}
    >
      {!wide && !pending && (
        <Button type="text" icon={<MenuOutlined />} aria-label={t.openMenu} onClick={openMenu} />
      )}
      <Link
        to="/"
        style={{
          display: 'flex',
          gap: 8,
          alignItems: 'center',
          fontWeight: 600,
          fontSize: 17,
          color: token.colorText,
        }}
      >
        <img src="/admin/favicon.svg" alt="" width={24} height={24} />
        {t.brand}
      </Link>
      <div style={{ flex: 1 }} />
      {!pending && (
        <Button icon={<SearchOutlined />} onClick={search} {...(wide ? {} : { 'aria-label': t.search })}>
          {wide && (
            <>
              {t.search} <kbd className="key">Ctrl K</kbd>
            </>
          )}
        </Button>
      )}
      <Account wide={wide} />
    </Layout.Header>
  );
}

/** Over a page whose session ran out: whoever was at work logs in again and goes on. */
function LoginAgain(): ReactNode {
  const t = useWords(text);
  const { session, expired } = useSessionState();
  return (
    <Modal
      open={expired}
      title={t.expired}
      footer={null}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      zIndex={ABOVE_ALL}
      destroyOnHidden
    >
      <Typography.Paragraph>{t.expiredHint}</Typography.Paragraph>
      {session && <LoginForm as={session.username} />}
      <Button type="link" block onClick={leave}>
        {t.elsewhere}
      </Button>
    </Modal>
  );
}

function leave(): void {
  settleFresh(false);
  end();
  queryClient.clear();
}

/** Drawn again for another page, not for whatever else changes in an address. */
const Navigation = memo(function Navigation({
  pathname,
  go,
}: {
  pathname: string;
  go?: () => void;
}): ReactNode {
  const language = useLanguage();
  const entries = useMenu();
  const item = ({ path, title, icon, children }: MenuEntry): object => ({
    key: path,
    icon,
    label: children ? title[language] : <Link to={path}>{title[language]}</Link>,
    ...(children ? { children: children.map(item) } : {}),
  });
  const leaves = entries.flatMap((entry) => entry.children ?? [entry]);
  const here = leaves
    .filter(({ path }) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)))
    .map(({ path }) => path);
  return (
    <nav>
      <Menu
        mode="inline"
        items={entries.map(item) as never}
        selectedKeys={here}
        defaultOpenKeys={['/refunds', pathname.startsWith('/pay/') ? '/pay' : '/system']}
        onClick={go}
        style={{ borderInlineEnd: 0, background: 'transparent' }}
      />
    </nav>
  );
});

function Account({ wide }: { wide: boolean }): ReactNode {
  const t = useWords(text);
  const { session } = useSessionState();
  const roles = useWords(roleWords);
  const { language, theme: chosen } = usePreferences();
  /** Null until it is asked for the first time. */
  const [changing, setChanging] = useState<boolean | null>(null);
  const logout = useApiMutation('logout');
  const navigate = useNavigate();
  const themes = (['light', 'dark', 'system'] as const).map((key) => ({ key, label: t[key] }));
  return (
    <>
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        menu={{
          selectedKeys: [chosen],
          items: [
            {
              key: 'who',
              disabled: true,
              label: `${isolated(session?.realName ?? '')} · ${session ? roles[session.role] : ''}`,
            },
            { type: 'divider' },
            { key: 'theme', label: t.theme, children: themes },
            { key: 'language', label: t.language },
            ...(session?.pending ? [] : [{ key: 'mine', label: t.mine }]),
            { key: 'password', label: t.password },
            { type: 'divider' },
            { key: 'logout', label: t.logout, icon: <LogoutOutlined /> },
          ],
          onClick: ({ key }) => {
            if (key === 'light' || key === 'dark' || key === 'system') setPreferences({ theme: key });
            if (key === 'language') setPreferences({ language: language === 'zh' ? 'en' : 'zh' });
            if (key === 'mine') void navigate('/account');
            if (key === 'password') setChanging(true);
            // Whether or not the server heard of it, this browser forgets.
            if (key === 'logout') logout.mutate({}, { onSettled: () => (leave(), void navigate('/login')) });
          },
        }}
      >
        <Button
          type="text"
          icon={<UserOutlined />}
          aria-label={wide ? `${t.account} ${session?.realName ?? ''}` : t.account}
        >
          {wide && (
            <Typography.Text ellipsis style={{ maxWidth: 200 }}>
              {session?.realName}
            </Typography.Text>
          )}
        </Button>
      </Dropdown>
      {changing !== null && (
        <Suspense fallback={null}>
          <PasswordForm open={changing} close={() => setChanging(false)} />
        </Suspense>
      )}
    </>
  );
}
