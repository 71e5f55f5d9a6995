import type { ReactNode } from 'react';

/** What a file of stories exports, in the Component Story Format: by default its title, and each state by its name. */
export interface StoryFile {
  default: { title: string };
  [state: string]: { title: string } | (() => ReactNode);
}

/** Every state of a kit's components under each other, each at its own address such as `#list-empty`. */
export function Gallery({ files }: { files: Record<string, StoryFile> }): ReactNode {
  return (
    <main style={{ padding: 16, display: 'grid', gap: 24, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      {Object.values(files).flatMap(({ default: { title }, ...states }) =>
        Object.entries(states).map(([state, Story]) => {
          const name = `${title} · ${words(state)}`;
          return (
            <section key={name} aria-label={name} id={name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}>
              <div style={{ fontSize: 12, opacity: 0.75, marginBottom: 8 }}>{name}</div>
              {typeof Story === 'function' && <Story />}
            </section>
          );
        }),
      )}
    </main>
  );
}

/** `CannotBeHad` as "cannot be had". */
function words(state: string): string {
  return state.replace(/(?!^)(?=[A-Z])/g, ' ').toLowerCase();
}
