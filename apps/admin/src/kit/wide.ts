import { useSyncExternalStore } from 'react';

/** antd's, in pixels, so that its parts and ours change together: https://github.com/ant-design/ant-design/blob/6.6.8/components/theme/util/alias.ts */
const FROM = { md: 768, lg: 992 };

/**
 * Whether the window is that wide: at once, so that the first thing a phone paints is a phone's. antd's `Grid.useBreakpoint` knows only
 * after it was drawn once.
 */
export function useWide(from: keyof typeof FROM): boolean {
  const query = `(min-width: ${FROM[from]}px)`;
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}
