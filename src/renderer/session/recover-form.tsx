import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form } from 'antd';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { CODE_RULES } from './code-rules.ts';

const RecoverForm = z.object({
  code: z.string().trim().min(6, { error: 'code-too-short' }).max(60),
});

/** For a workstation whose people have all gone, or forgotten their passwords: opens it by a code of its unit. */
export function Recover() {
  const { t } = useTranslation('session');
  const queries = useQueryClient();
  const [shown, setShown] = useState(false);
  const [done, setDone] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const form = useForm({ resolver: zodResolver(RecoverForm), defaultValues: { code: '' } });
  const { submit, loose } = useSubmit(form, async (values) => {
    setError(null);
    try {
      await api.session.recover(values);
      form.reset();
      setDone(true);
      await queries.invalidateQueries();
    } catch (failure) {
      const { code, detail } = asApiError(failure);
      const rule = code === 'CENTRE_REFUSED' ? CODE_RULES[detail] : undefined;
      if (rule !== undefined) form.setError('code', { type: rule, message: rule }, { shouldFocus: true });
      else if (!showFieldIssues(form, failure)) setError(failure);
    }
  });
  if (done) return <Alert type="success" showIcon className="heshi-above-m" title={t('recover.done')} />;
  if (!shown)
    return (
      <Button type="link" className="heshi-above-m" onClick={() => setShown(true)}>
        {t('recover.offer')}
      </Button>
    );
  return (
    <Form layout="vertical" className="heshi-above-m" onFinish={() => void submit()}>
      <h2 className="heshi-section-title">{t('recover.title')}</h2>
      <p>{t('recover.text')}</p>
      {error ? <ErrorNotice error={error} /> : null}
      <LooseIssues issues={loose} />
      <TextField
        control={form.control}
        name="code"
        label={t('enrol.code')}
        required
        placeholder="K7QM2-P9XAB-7D3V-0KMF-Q2TA-81HX"
      />
      <Button htmlType="submit" loading={form.formState.isSubmitting}>
        {t('recover.submit')}
      </Button>
    </Form>
  );
}
