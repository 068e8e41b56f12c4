import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { Comparison } from './comparison.tsx';
import { LoadView } from './load-view.tsx';
import { QueueView } from './queue-view.tsx';
import { ReviewView } from './review-view.tsx';
import { useSupervisionAddress, VIEWS, type View } from './use-address.ts';
import './supervision.css';

/** What the page hands each of its views: where to put its buttons, and where its refusals go. */
export type ViewProps = {
  address: ReturnType<typeof useSupervisionAddress>;
  frame: (parts: {
    actions?: React.ReactNode;
    primary?: React.ReactNode;
    children: React.ReactNode;
  }) => React.ReactNode;
  onError: (error: unknown) => void;
};

const SHOWN: Record<View, (props: ViewProps) => React.ReactNode> = {
  queue: (props) => <QueueView {...props} />,
  load: (props) => <LoadView {...props} />,
  review: (props) => <ReviewView {...props} />,
  compare: (props) => <Comparison {...props} />,
};

/** The supervisor's page: what burns, who carries how much, how well it was done, and where it gets worse. */
export function SupervisionPage() {
  const { t } = useTranslation('supervision');
  const address = useSupervisionAddress();
  const [error, setError] = useState<unknown>(null);
  const frame: ViewProps['frame'] = ({ actions, primary, children }) => (
    <Page title={t('title')} actions={actions} primary={primary}>
      <div>
        <Segmented<View>
          aria-label={t('views.label')}
          value={address.view}
          onChange={(view) => {
            setError(null);
            address.show(view);
          }}
          options={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))}
        />
      </div>
      {error ? <ErrorNotice error={error} kept={false} /> : null}
      {children}
    </Page>
  );
  return SHOWN[address.view]({ address, frame, onError: setError });
}
