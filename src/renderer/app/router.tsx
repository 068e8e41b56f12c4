import { lazy, Suspense, type ComponentType } from 'react';
import { createHashRouter, Navigate } from 'react-router';
import { CasesPage } from '../routes/cases/cases-page.tsx';
import { CasePage } from '../routes/cases/case-page.tsx';
import { NewCasePage } from '../routes/cases/new-case-page.tsx';
import { TodayPage } from '../routes/today/today-page.tsx';
import { RulesProvider } from './rules.tsx';
import { Shell } from './shell.tsx';

/** A page whose code comes when it is first opened. */
function later(load: () => Promise<{ default: ComponentType }>) {
  const Page = lazy(load);
  return (
    <Suspense fallback={null}>
      <Page />
    </Suspense>
  );
}

export const router = createHashRouter([
  {
    path: '/',
    element: (
      <RulesProvider>
        <Shell />
      </RulesProvider>
    ),
    children: [
      { index: true, element: <Navigate to="/today" replace /> },
      { path: 'today', element: <TodayPage /> },
      { path: 'cases', element: <CasesPage /> },
      { path: 'cases/new', element: <NewCasePage /> },
      {
        path: 'cases/archive',
        element: later(async () => ({
          default: (await import('../routes/archive/index.tsx')).ArchivePage,
        })),
      },
      {
        path: 'cases/archive/:id',
        element: later(async () => ({
          default: (await import('../routes/archive/index.tsx')).ArchivedCasePage,
        })),
      },
      { path: 'cases/:id', element: <CasePage /> },
      {
        path: 'deadlines',
        element: later(async () => ({
          default: (await import('../routes/deadlines/index.tsx')).DeadlinesPage,
        })),
      },
      {
        path: 'returns',
        element: later(async () => ({ default: (await import('../routes/returns/index.tsx')).ReturnsPage })),
      },
      {
        path: 'returns/new',
        element: later(async () => ({
          default: (await import('../routes/returns/index.tsx')).NewReturnPage,
        })),
      },
      {
        path: 'returns/:id',
        element: later(async () => ({ default: (await import('../routes/returns/index.tsx')).ReturnPage })),
      },
      {
        path: 'merchants',
        element: later(async () => ({
          default: (await import('../routes/merchants/index.tsx')).MerchantsPage,
        })),
      },
      {
        path: 'merchants/:id',
        element: later(async () => ({
          default: (await import('../routes/merchants/index.tsx')).MerchantPage,
        })),
      },
      {
        path: 'rollup',
        element: later(async () => ({ default: (await import('../routes/rollup/index.tsx')).RollupPage })),
      },
      {
        path: 'imports',
        element: later(async () => ({ default: (await import('../routes/imports/index.tsx')).ImportsPage })),
      },
      {
        path: 'settings',
        element: later(async () => ({
          default: (await import('../routes/settings/index.tsx')).SettingsPage,
        })),
      },
      {
        path: 'settings/procedure',
        element: later(async () => ({
          default: (await import('../routes/procedure/index.tsx')).ProcedurePage,
        })),
      },
      {
        path: 'verify',
        element: later(async () => ({ default: (await import('../routes/verify/index.tsx')).VerifyPage })),
      },
      {
        path: 'supervision',
        element: later(async () => ({
          default: (await import('../routes/supervision/index.tsx')).SupervisionPage,
        })),
      },
      {
        path: 'fleet',
        element: later(async () => ({ default: (await import('../routes/fleet/index.tsx')).FleetPage })),
      },
      { path: '*', element: <Navigate to="/today" replace /> },
    ],
  },
]);
