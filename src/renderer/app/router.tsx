import { createHashRouter, Navigate } from 'react-router';
import { MANIFESTS } from '../manifests.ts';
import { RulesProvider } from '../kernel/app/rules.tsx';
import { Shell } from './shell.tsx';

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
      ...MANIFESTS.flatMap(({ pages = [] }) => pages),
      { path: '*', element: <Navigate to="/today" replace /> },
    ],
  },
]);
