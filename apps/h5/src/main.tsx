import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { arrive } from './kit/sign-in.js';
import './main.css';

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const look = (): void =>
  document.documentElement.setAttribute('data-prefers-color-scheme', dark.matches ? 'dark' : 'light');
dark.addEventListener('change', look);
look();

// Only the built pages keep themselves for when there is no network.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  navigator.serviceWorker.register('/h5/sw.js', { scope: '/h5/' }).catch(() => undefined);

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <App arrival={arrive()} />
  </StrictMode>,
);
