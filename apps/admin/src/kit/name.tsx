import type { ReactNode } from 'react';

/** A name in a list: as long as there is room for, whole in its tooltip. */
export function Name({ children }: { children: string }): ReactNode {
  return (
    <span className="name" title={children}>
      {children}
    </span>
  );
}
