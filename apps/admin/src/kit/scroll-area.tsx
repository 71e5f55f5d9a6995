import type { CSSProperties, ReactNode } from 'react';

/** Scrolls inside itself, for the keyboard too. @param height in pixels, or whatever CSS takes */
export function ScrollArea({
  label,
  height,
  style,
  children,
}: {
  label: string;
  height: number | string;
  style?: CSSProperties;
  children: ReactNode;
}): ReactNode {
  return (
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      style={{ maxHeight: height, overflowY: 'auto', ...style }}
    >
      {children}
    </div>
  );
}
