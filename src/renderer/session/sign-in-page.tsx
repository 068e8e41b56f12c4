import { Alert, Card, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SessionState } from '../../contract/workstation/session.ts';
import { LanguageSwitch } from '../kernel/components/language-switch.tsx';
import { Recover } from './recover-form.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** Why whoever was signed in is so no more, and what of theirs was kept. */
function EndedNotice({ ended }: { ended: NonNullable<SessionState['ended']> }) {
  const { t } = useTranslation('session');
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      className="heshi-below-m"
      title={t('ended.title', { name: ended.name })}
      description={
        <>
          <p className="heshi-flush">{t(`ended.${ended.reason}`)}</p>
          <p className="heshi-flush">
            {ended.drafts > 0 ? t('ended.drafts', { count: ended.drafts }) : t('ended.noDrafts')}
          </p>
        </>
      }
    />
  );
}

/** Days without the centre from which it is said how long sign-in still goes on. */
const SOON_DAYS = 7;

/** Says that nobody is let in without the centre any more, or will not be soon. */
export function OfflineNotice({ offline }: Pick<SessionState, 'offline'>) {
  const { t } = useTranslation('session');
  const { days, expired, mostDays: most } = offline;
  if (!expired && days < most - SOON_DAYS) return null;
  return (
    <Alert
      type={expired ? 'error' : 'warning'}
      showIcon
      className="heshi-below-m"
      title={expired ? t('expired.title', { days }) : t('expired.soon', { days, most })}
      description={expired ? t('expired.text', { most }) : null}
    />
  );
}

/** The workstation's front door. */
export function SignInPage({ state, onEntered }: { state: SessionState; onEntered: () => Promise<void> }) {
  const { t } = useTranslation('session');
  return (
    <main className="heshi-centred">
      <Card className="heshi-gate">
        <Typography.Title level={1} className="heshi-gate-title">
          {t('title')}
        </Typography.Title>
        <p>
          {t('subtitle')} · {state.enrolment?.unit?.name}
        </p>
        {state.ended === null ? null : <EndedNotice ended={state.ended} />}
        <OfflineNotice offline={state.offline} />
        <h2 className="heshi-section-title">{t('signIn.title')}</h2>
        <SignInForm onEntered={onEntered} />
        <Recover />
        {state.sealing === 'file' ? (
          <Typography.Paragraph type="secondary" className="heshi-above-m">
            {t('signIn.sealing')}
          </Typography.Paragraph>
        ) : null}
        <div className="heshi-above-l">
          <LanguageSwitch />
        </div>
      </Card>
    </main>
  );
}
