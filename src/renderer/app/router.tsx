import { createHashRouter, Navigate } from 'react-router';
import { MANIFESTS } from '../manifests.ts';
import { RulesProvider } from '../kernel/app/rules.tsx';
import { FailedPage } from './failed-page.tsx';
import { Shell } from './shell.tsx';

export const router = createHashRouter([
  {
    path: '/',
    element: (
      <RulesProvider>
        <Shell />
      </RulesProvider>
    ),
    errorElement: <FailedPage />,
    children: [
      {
        // Inside the frame: navigation stays, and leads away from a page that failed.
        errorElement: <FailedPage />,
        children: [
          { index: true, element: <Navigate to="/today" replace /> },
          ...MANIFESTS.flatMap(({ pages = [] }) => pages),
          { path: '*', element: <Navigate to="/today" replace /> },
        ],
      },
    ],
  },
]);
