import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import type { Settings } from '../contract/workstation/settings.ts';
import { api } from './kernel/api/client.ts';
import { asApiError } from './kernel/api/errors.ts';
import { startTranslation } from './kernel/app/i18n.ts';
import { PreferencesProvider } from './kernel/app/preferences.tsx';
import { AppBoundary } from './app/failed-page.tsx';
import { router } from './app/router.tsx';
import { SessionGate } from './app/session-gate.tsx';
import { NowProvider } from './kernel/kit/now.tsx';
import { MANIFESTS } from './manifests.ts';
import './kernel/kit/kit.css';
import './app/styles.css';

/** How a workstation looks before anyone has chosen, or when its settings cannot be read. */
const FIRST_SETTINGS: Settings = {
  language: 'zh-CN',
  density: 'comfortable',
  theme: 'light',
  undoSeconds: 30,
  lockMinutes: 10,
};

// A page that says what is wrong is better than none: the session gate meets the same error and words it.
const settings = await api.settings.get().catch(() => FIRST_SETTINGS);
await startTranslation(
  settings.language,
  MANIFESTS.flatMap(({ words }) => words),
);

const queries = new QueryClient({
  defaultOptions: {
    // The workstation is on this machine: without any network everything still has to work.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
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
        <AppBoundary>
          <NowProvider>
            <SessionGate>
              <RouterProvider router={router} />
            </SessionGate>
          </NowProvider>
        </AppBoundary>
      </PreferencesProvider>
    </QueryClientProvider>
  </StrictMode>,
);
