import { Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../kernel/app/session.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { useAddressFilters } from '../kernel/kit/list-page.tsx';
import { LeniencyTable } from '../leniency/index.ts';
import { AttentionView } from './attention-view.tsx';
import { CommendationView } from './commendation-view.tsx';
import { DrawsView } from './draws-view.tsx';
import { GuidanceView } from './guidance-view.tsx';
import { PlanView } from './plan-view.tsx';
import './inspection.css';

const VIEWS = ['draws', 'guidance', 'leniency', 'attention', 'commendation', 'plan'] as const;
type View = (typeof VIEWS)[number];

/** What the page hands each of its views: where to put its buttons, and where its refusals go. */
export type ViewProps = {
  frame: (parts: { actions?: ReactNode; primary?: ReactNode; children: ReactNode }) => ReactNode;
  onError: (error: unknown) => void;
};

const SHOWN: Record<View, (props: ViewProps) => ReactNode> = {
  draws: (props) => <DrawsView {...props} />,
  guidance: (props) => <GuidanceView {...props} />,
  leniency: ({ frame }) => frame({ children: <LeniencyTable /> }),
  attention: (props) => <AttentionView {...props} />,
  commendation: (props) => <CommendationView {...props} />,
  plan: (props) => <PlanView {...props} />,
};

/** Views that only a regulator's people work in; an operator's look after repeat merchants. */
const OF_REGULATOR: ReadonlySet<View> = new Set(['draws', 'leniency', 'commendation', 'plan']);

/** What grades do, in six views. */
export function InspectionsPage() {
  const { t } = useTranslation('inspections');
  const { staff } = useSession();
  const { text, set } = useAddressFilters();
  const [error, setError] = useState<unknown>(null);
  const views = VIEWS.filter((view) => staff.unit.party === 'regulator' || !OF_REGULATOR.has(view));
  const view = views.find((one) => one === text('view')) ?? views[0] ?? 'guidance';
  const frame: ViewProps['frame'] = ({ actions, primary, children }) => (
    <Page title={t('title')} actions={actions} primary={primary}>
      <div>
        <Segmented<View>
          aria-label={t('views.label')}
          value={view}
          onChange={(next) => {
            setError(null);
            set('view', next);
          }}
          options={views.map((value) => ({ value, label: t(`views.${value}`) }))}
        />
      </div>
      {error ? <ErrorNotice error={error} kept={false} /> : null}
      {children}
    </Page>
  );
  return SHOWN[view]({ frame, onError: setError });
}
