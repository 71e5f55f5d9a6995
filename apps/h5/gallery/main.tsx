import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from '@yajin/ui';
import { Gallery, type StoryFile } from '@yajin/ui/gallery';
import { createRoot } from 'react-dom/client';
import { MemoryRouter } from 'react-router';
import '../src/main.css';

const files = import.meta.glob<StoryFile>('./*.stories.tsx', { eager: true });
const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
// What a component asks for by itself.
client.setQueryData(['getPageSettings'], { wechatOnly: false, offsetMs: 0 });

createRoot(document.getElementById('root')!).render(
  <QueryClientProvider client={client}>
    <ThemeProvider attribute="data-prefers-color-scheme">
      <MemoryRouter>
        <Gallery files={files} />
      </MemoryRouter>
    </ThemeProvider>
  </QueryClientProvider>,
);
