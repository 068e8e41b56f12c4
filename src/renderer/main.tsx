import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { api } from './api/client.ts';
import { asApiError } from './api/errors.ts';
import { startTranslation } from './app/i18n.ts';
import { PreferencesProvider } from './app/preferences.tsx';
import { router } from './app/router.tsx';
import { SessionGate } from './app/session-gate.tsx';
import './app/styles.css';

const settings = await api.settings.get();
await startTranslation(settings.language);

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The workstation answers from its own disk: stale data costs more than asking again.
      staleTime: 0,
      retry: (failures, error) => asApiError(error).code === 'HOST_UNREACHABLE' && failures < 3,
      refetchOnWindowFocus: true,
    },
  },
});

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <PreferencesProvider initial={settings}>
        <SessionGate>
          <RouterProvider router={router} />
        </SessionGate>
      </PreferencesProvider>
    </QueryClientProvider>
  </StrictMode>,
);
