import { App, ConfigProvider, theme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { ThemeProvider, useTheme } from '@yajin/ui';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect, type ReactNode } from 'react';
import { usePreferences } from '../kit/preferences.js';
import { InLanguage, useLanguage } from '../kit/text.js';

const ACCENT = '#0f766e';
const ACCENT_IN_THE_DARK = '#2fc0b0';
/** Quiet text and links must still be read: 4.5 to 1 against what is behind them. */
const LIGHT = {
  colorPrimary: ACCENT,
  colorInfo: ACCENT,
  colorPrimaryBg: '#e3f1ee',
  colorPrimaryBgHover: '#d3e9e4',
  colorInfoBg: '#e3f1ee',
  colorInfoBorder: '#9fd0c7',
  colorError: '#d9222a',
  colorTextTertiary: 'rgba(0, 0, 0, 0.6)',
  colorTextPlaceholder: 'rgba(0, 0, 0, 0.56)',
  colorWarningText: '#8a5300',
};
const DARK = {
  colorPrimary: ACCENT_IN_THE_DARK,
  colorInfo: ACCENT_IN_THE_DARK,
  colorPrimaryBg: '#0f2f2b',
  colorInfoBg: '#0f2f2b',
  colorInfoBorder: '#1d5951',
  colorError: '#ff7875',
  colorLinkHover: '#5fd6c9',
  colorLinkActive: '#5fd6c9',
  colorTextTertiary: 'rgba(255, 255, 255, 0.62)',
  colorTextPlaceholder: 'rgba(255, 255, 255, 0.55)',
};
const PAGE = { light: '#f5f7f6', dark: '#0b0f0e' };
/** A finger needs more room than a mouse. */
const TOUCHED = window.matchMedia('(pointer: coarse)').matches;
/** Theme and language of everything below. */
export function AppTheme({ children }: { children: ReactNode }): ReactNode {
  const { theme: mode, language } = usePreferences();
  return (
    <ThemeProvider mode={mode} attribute="data-theme">
      <InLanguage language={language}>
        <AntTheme>{children}</AntTheme>
      </InLanguage>
    </ThemeProvider>
  );
}

function AntTheme({ children }: { children: ReactNode }): ReactNode {
  const language = useLanguage();
  const dark = useTheme() === 'dark';
  useEffect(() => {
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.body.style.background = dark ? PAGE.dark : PAGE.light;
  }, [language, dark]);
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: {
          ...(dark ? DARK : LIGHT),
          // Whoever asked the system for less motion gets none.
          motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
          colorBgLayout: dark ? PAGE.dark : PAGE.light,
          borderRadius: 6,
          fontSize: 14,
          controlHeight: TOUCHED ? 38 : 30,
          controlHeightSM: TOUCHED ? 32 : 26,
          fontFamily: `system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif`,
        },
        components: {
          Layout: { headerHeight: 52, headerPadding: '0 16px' },
          Menu: { itemHeight: 36, subMenuItemBg: 'transparent' },
          Table: { cellPaddingInlineSM: 10 },
          // An answer in its place, not a poster.
          Alert: { withDescriptionPadding: '12px 16px', withDescriptionIconSize: 18 },
          Result: { iconFontSize: 44, titleFontSize: 18, extraMargin: '16px 0 0' },
          Form: { itemMarginBottom: 20, verticalLabelPadding: '0 0 4px' },
          Button: dark ? { primaryColor: '#04211e', dangerColor: '#2b0605' } : {},
        },
      }}
    >
      <App style={{ height: '100%' }}>{children}</App>
    </ConfigProvider>
  );
}
