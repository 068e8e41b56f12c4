import { EyeOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { inspectionsWords } from './locales/index.ts';

/** What grades do: who is inspected, advised, commended, and whose repeated disputes are looked after. */
export const inspections: Manifest = {
  words: [inspectionsWords],
  pages: [
    { path: 'inspections', element: later(async () => (await import('./pages.tsx')).InspectionsPage) },
    { path: 'inspections/draws/:id', element: later(async () => (await import('./pages.tsx')).DrawPage) },
  ],
  navigation: {
    path: 'inspections',
    label: (t) => t('inspections:nav'),
    icon: <EyeOutlined />,
    permission: 'inspection.handle',
  },
  records: {
    inspection: (id) => `/inspections/draws/${id}`,
    guidance: () => '/inspections?view=guidance',
    commendation: () => '/inspections?view=commendation',
    attention: () => '/inspections?view=attention',
    'inspection-plan': () => '/inspections?view=plan',
  },
};
