import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Drawer, Form } from 'antd';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { MerchantDetail } from '../../../contract/workstation/merchant.ts';
import { api } from '../../kernel/api/client.ts';
import { ErrorNotice } from '../../kernel/components/error-notice.tsx';
import { SelectField, TextField } from '../../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../../kernel/components/form-errors.ts';
import { LooseIssues } from '../../kernel/components/issue-notice.tsx';
import { DayField } from '../../kernel/components/typed-field.tsx';
import { dayNeeded, textOrNull } from '../../kernel/components/typed-values.ts';
import { useEventId } from '../../kernel/components/use-event-id.ts';
import { useToday } from '../../kernel/kit/now.tsx';
import { useRegisterChanged } from './use-register.ts';

const Values = z.object({
  toPath: z
    .string()
    .nullable()
    .refine((path) => path !== null, { error: 'required' }),
  movedOn: dayNeeded,
  address: z.string().max(300, { error: 'too_big' }),
});
type Values = z.input<typeof Values>;

/** Says where a merchant trades from a day on. What happened before stays where it was. */
export function MoveForm({
  merchant: { state },
  open,
  onClose,
}: {
  merchant: MerchantDetail;
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation('register');
  const { message } = App.useApp();
  const formId = useId();
  const eventId = useEventId();
  const today = useToday();
  const { saved, refused } = useRegisterChanged();
  const units = useQuery({
    queryKey: ['merchants', 'units'],
    queryFn: () => api.merchants.units(),
    enabled: open,
  });
  const form = useForm<Values>({
    resolver: zodResolver(Values, undefined, { raw: true }),
    defaultValues: { toPath: null, movedOn: today, address: '' },
    mode: 'onTouched',
  });
  const move = useMutation({
    mutationFn: ({ toPath, movedOn, address }: Values) =>
      api.merchants.move({
        id: state.id,
        revision: state.revision,
        eventId,
        fromPath: state.unitPath,
        toPath: toPath ?? '',
        movedOn: movedOn ?? '',
        address: textOrNull(address),
      }),
    onSuccess: (next) => {
      saved(next);
      onClose();
      void message.success(t('move.saved'));
    },
    onError: (error) => {
      refused(error);
      showFieldIssues(form, error);
    },
  });
  const { submit, loose } = useSubmit(form, (values) => move.mutate(values));
  const { control } = form;
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('move.title')}
      size={440}
      extra={
        <Button type="primary" htmlType="submit" form={formId} loading={move.isPending}>
          {t('move.save')}
        </Button>
      }
    >
      <p className="heshi-flush-top">{t('move.text')}</p>
      {move.error ? <ErrorNotice error={move.error} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form id={formId} noValidate aria-label={t('move.title')} onSubmit={(event) => void submit(event)}>
          <SelectField
            control={control}
            name="toPath"
            label={t('move.toPath')}
            options={(units.data ?? [])
              .filter((unit) => unit.path !== state.unitPath)
              .map((unit) => ({ value: unit.path, label: unit.name }))}
            required
          />
          <DayField control={control} name="movedOn" label={t('move.movedOn')} required />
          <TextField control={control} name="address" label={t('move.address')} rows={2} />
        </form>
      </Form>
    </Drawer>
  );
}
