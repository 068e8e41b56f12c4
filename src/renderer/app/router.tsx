import { createHashRouter } from 'react-router';
import { MANIFESTS } from '../manifests.ts';
import { RulesProvider } from '../kernel/app/rules.tsx';
import { RecordPages } from '../kernel/kit/record-pages.tsx';
import { FailedPage } from './failed-page.tsx';
import { Home } from './home.tsx';
import { Shell } from './shell.tsx';
import { StartPage } from './start-page.tsx';

export const router = createHashRouter([
  {
    path: '/',
    element: (
      <RulesProvider>
        <RecordPages manifests={MANIFESTS}>
          <Shell />
        </RecordPages>
      </RulesProvider>
    ),
    errorElement: <FailedPage />,
    children: [
      {
        // Inside the frame: navigation stays, and leads away from a page that failed.
        errorElement: <FailedPage />,
        children: [
          { index: true, element: <Home /> },
          { path: 'start', element: <StartPage /> },
          ...MANIFESTS.flatMap(({ pages = [] }) => pages),
          { path: '*', element: <Home /> },
        ],
      },
    ],
  },
]);
