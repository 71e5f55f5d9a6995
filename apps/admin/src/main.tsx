import { QueryClientProvider } from '@tanstack/react-query';
import { ignoreComposingKeys } from '@yajin/ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { queryClient } from './kit/api.js';
import './main.css';
import { router } from './router.js';
import { AppTheme } from './shell/theme.js';

ignoreComposingKeys();
const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <AppTheme>
        <RouterProvider router={router} />
      </AppTheme>
    </QueryClientProvider>
  </StrictMode>,
);
