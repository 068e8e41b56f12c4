import { useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Spin, Typography } from 'antd';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { SessionState } from '../../../contract/workstation/session.ts';
import { api } from '../../api/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { TextField } from '../../components/field.tsx';
import { showFieldIssues } from '../../components/form-errors.ts';
import { LanguageSwitch } from '../../components/language-switch.tsx';

/** First start: centre address and one-time code; then the wait until this desk's people have arrived. */
export function EnrolmentPage({ state }: { state: SessionState }) {
  const { t } = useTranslation('session');
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const form = useForm({ defaultValues: { centreUrl: '', code: '', deviceName: '' } });
  const submit = form.handleSubmit(async (values) => {
    setError(null);
    try {
      await api.session.enrol(values);
      await queries.invalidateQueries();
    } catch (failure) {
      if (!showFieldIssues(form, failure)) setError(failure);
    }
  });
  return (
    <main style={{ display: 'grid', placeItems: 'center', minHeight: '100%' }}>
      <Card style={{ width: 460 }}>
        <Typography.Title level={1} style={{ fontSize: 28, marginTop: 0 }}>
          {t('title')}
        </Typography.Title>
        <p>{t('subtitle')}</p>
        {state.enrolment ? (
          <div role="status">
            <Spin /> <strong>{t('enrol.waiting')}</strong>
            <p>{t('enrol.waitingText')}</p>
          </div>
        ) : (
          <Form layout="vertical" onFinish={() => void submit()}>
            <h2 style={{ fontSize: 18 }}>{t('enrol.title')}</h2>
            <p>{t('enrol.text')}</p>
            {error ? <ErrorNotice error={error} /> : null}
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
              placeholder="K7QM2-P9XAB"
            />
            <TextField control={form.control} name="deviceName" label={t('enrol.deviceName')} required />
            <Button type="primary" htmlType="submit" block loading={form.formState.isSubmitting}>
              {t('enrol.submit')}
            </Button>
          </Form>
        )}
        <div style={{ marginTop: 16 }}>
          <LanguageSwitch />
        </div>
      </Card>
    </main>
  );
}
