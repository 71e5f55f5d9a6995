import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Gallery, type StoryFile } from '@yajin/ui/gallery';
import type { Camp } from '@yajin/web';
import { createRoot } from 'react-dom/client';
import { MemoryRouter } from 'react-router';
import { AppTheme } from '../src/shell/theme.js';
import '../src/main.css';

const files = import.meta.glob<StoryFile>('./*.stories.tsx', { eager: true });
const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
const camps: Pick<Camp.CampSummary, 'id' | 'name' | 'missing'>[] = [
  { id: 4, name: '21天早起打卡训练营·第四期', missing: [] },
];
// What a component asks for by itself.
client.setQueryData(['listCamps', { query: { keyword: '', pageSize: 50 } }], { list: camps, total: 1 });

createRoot(document.getElementById('root')!).render(
  <QueryClientProvider client={client}>
    <AppTheme>
      <MemoryRouter>
        <Gallery files={files} />
      </MemoryRouter>
    </AppTheme>
  </QueryClientProvider>,
);
