import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Spin, Typography } from 'antd';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { isProtectedAddress } from '../../domain/kernel/text/index.ts';
import type { SessionState } from '../../contract/workstation/session.ts';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { useSyncStatus } from '../kernel/app/use-sync-status.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { LanguageSwitch } from '../kernel/components/language-switch.tsx';
import { CODE_RULES } from './code-rules.ts';

/** The contract's own limits, each with the rule that words it. */
const EnrolmentForm = z.object({
  centreUrl: z
    .string()
    .trim()

    .pipe(
      z
        .url({ protocol: /^https?$/, error: 'url-invalid' })
        .max(300)
        .refine(isProtectedAddress, { error: 'centre-unprotected' }),
    ),
  code: z.string().trim().min(6, { error: 'code-too-short' }).max(60),
  deviceName: z.string().trim().min(1, { error: 'required' }).max(60),
});

/** First start: centre address and one-time code; then the wait until this workstation's people have arrived. */
export function EnrolmentPage({ state }: { state: SessionState }) {
  const { t } = useTranslation('session');
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const form = useForm({
    resolver: zodResolver(EnrolmentForm),
    defaultValues: { centreUrl: '', code: '', deviceName: '' },
  });
  const { submit, loose } = useSubmit(form, async (values) => {
    setError(null);
    try {
      await api.session.enrol(values);
      await queries.invalidateQueries();
    } catch (failure) {
      const { code, detail } = asApiError(failure);
      const rule = code === 'CENTRE_REFUSED' ? CODE_RULES[detail] : undefined;
      if (rule !== undefined) form.setError('code', { type: rule, message: rule }, { shouldFocus: true });
      else if (!showFieldIssues(form, failure)) setError(failure);
    }
  });
  return (
    <main className="heshi-centred">
      <Card className="heshi-gate">
        <Typography.Title level={1} className="heshi-gate-title">
          {t('title')}
        </Typography.Title>
        <p>{t('subtitle')}</p>
        {state.enrolment ? (
          <Waiting />
        ) : (
          <Form layout="vertical" onFinish={() => void submit()}>
            <h2 className="heshi-section-title">{t('enrol.title')}</h2>
            <p>{t('enrol.text')}</p>
            {error ? <ErrorNotice error={error} /> : null}
            <LooseIssues issues={loose} />
            <TextField
              control={form.control}
              name="centreUrl"
              label={t('enrol.centreUrl')}
              required
              placeholder="https://"
            />
            <TextField
              control={form.control}
              name="code"
              label={t('enrol.code')}
              required
              placeholder="K7QM2-P9XAB-7D3V-0KMF-Q2TA-81HX"
            />
            <TextField control={form.control} name="deviceName" label={t('enrol.deviceName')} required />
            <Button type="primary" htmlType="submit" block loading={form.formState.isSubmitting}>
              {t('enrol.submit')}
            </Button>
          </Form>
        )}
        <div className="heshi-above-l">
          <LanguageSwitch />
        </div>
      </Card>
    </main>
  );
}

/** Enrolled, but nobody of this workstation has arrived yet: says why when something is in the way. */
function Waiting() {
  const { t } = useTranslation('session');
  const common = useTranslation('common');
  const status = useSyncStatus();
  const [error, setError] = useState<unknown>(null);
  const now = async (): Promise<void> => {
    setError(null);
    try {
      await api.sync.now();
    } catch (failure) {
      setError(failure);
    }
  };
  const reason = status?.reason ?? null;
  return (
    <>
      <div role="status">
        <Spin /> <strong>{t('enrol.waiting')}</strong>
        <p>{t('enrol.waitingText')}</p>
      </div>
      {reason === null ? null : (
        <Alert
          type="warning"
          showIcon
          className="heshi-below-m"
          title={
            common.i18n.exists(`common:sync.reason.${reason}`)
              ? common.t(`sync.reason.${reason}` as 'sync.reason.unexpected')
              : common.t('sync.reason.unexpected')
          }
        />
      )}
      {error ? <ErrorNotice error={error} kept={false} /> : null}
      <Button loading={status?.running ?? false} onClick={() => void now()}>
        {common.t('sync.now')}
      </Button>
    </>
  );
}
