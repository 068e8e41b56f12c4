import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** What a person sees of a page that failed: that nothing recorded is lost, and the way on. Never the fault's own words. */
export function FailedPage() {
  const { t } = useTranslation('errors');
  return (
    <main className="heshi-page" role="alert">
      <Result
        status="warning"
        title={t('boundary.title')}
        subTitle={t('boundary.text')}
        extra={[
          <Button key="again" type="primary" onClick={() => location.reload()}>
            {t('boundary.reload')}
          </Button>,
          <Button
            key="today"
            onClick={() => {
              location.hash = '#/';
              location.reload();
            }}
          >
            {t('boundary.today')}
          </Button>,
        ]}
      />
    </main>
  );
}

/** Catches what fails outside any page: the frame around them, sign-in, enrolment. */
export class AppBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <FailedPage /> : this.props.children;
  }
}
