import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startLive } from './connection/start-live.ts';
import { startTheme } from './features/shell/theme.ts';
import { router } from './routes.tsx';

startTheme();
// A ticket in the address becomes a session first; the sign-in page starts the connection then.
if (globalThis.location.pathname !== '/sign-in') void startLive();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
createRoot(root).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
