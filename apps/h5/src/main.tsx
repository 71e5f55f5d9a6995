import { QueryClientProvider } from '@tanstack/react-query';
import { ignoreComposingKeys, ThemeProvider } from '@yajin/ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { queryClient, restoreKept } from './kit/api.js';
import { arrive } from './kit/sign-in.js';
import { outliveTranslation } from './kit/translated.js';
import './main.css';

// Only the built pages keep themselves for when there is no network.
if (import.meta.env.PROD && 'serviceWorker' in navigator && window.parent === window)
  navigator.serviceWorker.register('/h5/sw.js', { scope: '/h5/' }).catch(() => undefined);

ignoreComposingKeys();
const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
outliveTranslation(document);
const arrival = arrive();
void restoreKept().then(() =>
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <ThemeProvider attribute="data-prefers-color-scheme">
          <App arrival={arrival} />
        </ThemeProvider>
      </QueryClientProvider>
    </StrictMode>,
  ),
);
