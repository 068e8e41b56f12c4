import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import type { FormValues } from './field.tsx';
import { When } from './when.tsx';

const SAVE_AFTER_MS = 400;

/**
 * Keeps a form's values on this workstation while they are typed, and brings them back after a crash, a restart or a
 * change of page. `discard` is for after a successful save.
 */
export function useDraft<Values extends FormValues>(key: string, title: string, form: UseFormReturn<Values>) {
  const kept = useQuery({
    queryKey: ['drafts', key],
    queryFn: () => api.drafts.get({ key }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const [restored, setRestored] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const done = useRef(false);
  const looked = useRef(false);
  /** While a draft is put back, which is no change of the person's. */
  const quiet = useRef(false);
  const { isDirty } = form.formState;

  useEffect(() => {
    if (kept.data && !looked.current && !isDirty) {
      looked.current = true;
      quiet.current = true;
      form.reset({ ...form.getValues(), ...(kept.data.values as Values) }, { keepDefaultValues: true });
      quiet.current = false;
      setRestored(kept.data.savedAt);
    }
  }, [kept.data, isDirty, form]);

  useEffect(() => {
    const save = (): void => {
      timer.current = undefined;
      if (!done.current && form.formState.isDirty)
        void api.drafts.save({ key, title, values: form.getValues() }).catch(() => undefined);
    };
    // Whether the form differs is known only after the next render, so it is asked when the wait is over.
    const unsubscribe = form.subscribe({
      formState: { values: true, isDirty: true },
      callback: () => {
        if (done.current || quiet.current) return;
        clearTimeout(timer.current);
        timer.current = setTimeout(save, SAVE_AFTER_MS);
      },
    });
    return () => {
      unsubscribe();
      if (timer.current === undefined) return;
      // Who leaves within the wait loses nothing either.
      clearTimeout(timer.current);
      save();
    };
  }, [form, key, title]);

  const discard = useCallback(async () => {
    done.current = true;
    looked.current = true;
    clearTimeout(timer.current);
    timer.current = undefined;
    setRestored(null);
    await api.drafts.discard({ key });
  }, [key]);

  return { restored, discard, resume: () => (done.current = false) };
}

/** Says that typed text was brought back, and offers to start afresh. */
export function DraftNotice({ savedAt, onDiscard }: { savedAt: string | null; onDiscard: () => void }) {
  const { t } = useTranslation('common');
  if (savedAt === null) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={
        <>
          {t('draft.restored')} <When at={savedAt} />
        </>
      }
      action={
        <Button size="small" onClick={onDiscard}>
          {t('draft.discard')}
        </Button>
      }
    />
  );
}
