import { createContext, useContext, useLayoutEffect, useSyncExternalStore, type ReactNode } from 'react';

export type Theme = 'light' | 'dark';

const ThemeContext = createContext<Theme>('light');
const darkSystem = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  const query = darkSystem();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/**
 * Light or dark, for everything below and for the style sheet.
 * @param mode what is wanted; `system` follows the device
 * @param attribute of the page's root element, by which the style sheet knows
 */
export function ThemeProvider({
  mode = 'system',
  attribute,
  children,
}: {
  mode?: Theme | 'system';
  attribute: string;
  children: ReactNode;
}): ReactNode {
  const system = useSyncExternalStore(subscribe, () => darkSystem().matches);
  const theme = mode === 'system' ? (system ? 'dark' : 'light') : mode;
  // Before the browser paints: nobody sees the other one first.
  useLayoutEffect(() => {
    const { documentElement: root } = document;
    root.setAttribute(attribute, theme);
    root.style.colorScheme = theme;
  }, [attribute, theme]);
  return <ThemeContext value={theme}>{children}</ThemeContext>;
}

export function useTheme(): Theme {
  return useContext(ThemeContext);
}
