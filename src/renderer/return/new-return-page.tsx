import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Checkbox, Form } from 'antd';
import { useCallback, useId, useState } from 'react';
import { Controller, useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { GoodsCategory } from '../../domain/return/commitment.ts';
import { Gift, GoodsCondition, ProofType } from '../../domain/return/request.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { SelectField, TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { AmountField, DayField, PhoneField } from '../kernel/components/typed-field.tsx';
import { DraftNotice, useDraft } from '../kernel/components/use-draft.tsx';
import { ChoiceField } from '../kernel/components/choice-field.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';
import { MerchantField } from './merchant-field.tsx';
import { emptyReturn, formField, returnOf, ReturnValues } from './values.ts';
import { VerdictPanel } from './verdict-panel.tsx';
import './returns.css';

const DRAFT = 'return-new';

/** The form of a new return; the verdict follows at its side. Ctrl+Enter saves; what is typed is kept as a draft. */
export function NewReturnPage() {
  const { t } = useTranslation('returns');
  const { message, modal } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [parameters] = useSearchParams();
  const formId = useId();
  const form = useForm<ReturnValues>({
    resolver: zodResolver(ReturnValues, undefined, { raw: true }),
    defaultValues: emptyReturn(parameters.get('merchant')),
    mode: 'onTouched',
  });
  const { control } = form;
  const draft = useDraft(DRAFT, t('form.title'), form);
  const merchantId = useWatch({ control, name: 'merchantId' });
  const gift = useWatch({ control, name: 'gift' });
  const proofType = useWatch({ control, name: 'proofType' });
  const [receivedOn, freightFen] = useWatch({ control, name: ['receivedOn', 'freightFen'] });
  const [asked, setAsked] = useState(false);
  // A draft may bring them back.
  const sent = asked || receivedOn !== null || freightFen !== null;
  const send = (yes: boolean): void => {
    setAsked(yes);
    if (yes) return;
    form.setValue('receivedOn', null);
    form.setValue('freightFen', null);
  };

  const save = useMutation({
    mutationFn: async (values: ReturnValues) => {
      const request = returnOf(draft.id, values);
      if (request === null) throw new Error('The form passed values that its own schema refuses');
      return api.returns.request(request);
    },
    onSuccess: async ({ state }) => {
      await draft.discard();
      void queries.invalidateQueries({ queryKey: ['returns'] });
      void queries.invalidateQueries({ queryKey: ['today'] });
      void message.success(t('form.saved', { number: state.number }));
      void navigate(`/returns/${state.id}`, { replace: true });
    },
    onError: (error) => showFieldIssues(form, error, formField),
  });
  const { submit, loose } = useSubmit(form, (values) => save.mutate(values));

  const say = useDataWords();
  const { setValue } = form;
  const chooseOnly = useCallback((only: string) => setValue('merchantId', only), [setValue]);
  const startOver = async (): Promise<void> => {
    await draft.discard();
    draft.resume();
    form.reset(emptyReturn(null));
  };
  const options = <Code extends string>(codes: readonly Code[], group: string) =>
    codes.map((code) => ({ value: code, label: say(`returns:${group}.${code}`) }));

  return (
    <Page
      title={t('form.title')}
      actions={
        <Button
          onClick={() =>
            modal.confirm({
              title: t('form.discard'),
              content: t('form.discardText'),
              okText: t('form.discardYes'),
              cancelText: t('form.discardNo'),
              onOk: startOver,
            })
          }
        >
          {t('form.discard')}
        </Button>
      }
      primary={
        <Button
          type="primary"
          htmlType="submit"
          form={formId}
          loading={save.isPending}
          title={t('form.saveHint')}
        >
          {t('form.save')}
        </Button>
      }
    >
      <DraftNotice savedAt={draft.restored} draft={draft} onDiscard={() => void startOver()} />
      {save.error ? <ErrorNotice error={save.error} /> : null}
      <LooseIssues issues={loose} />
      <div className="heshi-columns">
        <Form layout="vertical" component={false}>
          <form
            id={formId}
            data-primary
            aria-label={t('form.label')}
            noValidate
            onSubmit={(event) => void submit(event)}
            className="heshi-return-form"
          >
            <Card size="small" title={<h2>{t('form.merchantSection')}</h2>}>
              <MerchantField control={control} merchantId={merchantId} onOnly={chooseOnly} />
            </Card>
            <Card size="small" title={<h2>{t('form.goodsSection')}</h2>}>
              <div className="heshi-return-goods">
                <TextField
                  control={control}
                  name="goodsName"
                  label={t('form.goodsName')}
                  placeholder={t('form.goodsNameHint')}
                  required
                />
                <SelectField
                  control={control}
                  name="goodsCategory"
                  label={t('form.goodsCategory')}
                  options={options(GoodsCategory.options, 'goods')}
                  required
                />
                <DayField
                  control={control}
                  name="purchasedOn"
                  label={t('form.purchasedOn')}
                  placeholder={t('form.dayHint')}
                  required
                />
                <AmountField
                  control={control}
                  name="amountFen"
                  label={t('form.amount')}
                  placeholder={t('form.amountHint')}
                  required
                />
              </div>
              <ChoiceField
                control={control}
                name="condition"
                label={t('form.condition')}
                options={options(GoodsCondition.options, 'condition')}
                required
              />
              <div className="heshi-return-pair">
                <ChoiceField
                  control={control}
                  name="proofType"
                  label={t('form.proofType')}
                  options={options(ProofType.options, 'proof')}
                  required
                />
                {proofType === null || proofType === 'none' ? null : (
                  <TextField control={control} name="proofNumber" label={t('form.proofNumber')} />
                )}
              </div>
              <div className="heshi-return-pair">
                <ChoiceField
                  control={control}
                  name="gift"
                  label={t('form.gift')}
                  options={options(Gift.options, 'gift')}
                />
                {gift === 'kept' ? (
                  <AmountField
                    control={control}
                    name="giftPriceFen"
                    label={t('form.giftPrice')}
                    placeholder={t('form.giftPriceHint')}
                  />
                ) : null}
              </div>
              {sent ? (
                <div className="heshi-return-pair">
                  <DayField
                    control={control}
                    name="receivedOn"
                    label={t('form.receivedOn')}
                    help={t('form.receivedOnHint')}
                  />
                  <AmountField
                    control={control}
                    name="freightFen"
                    label={t('form.freight')}
                    placeholder={t('form.freightHint')}
                  />
                </div>
              ) : null}
              <Checkbox checked={sent} onChange={(event) => send(event.target.checked)}>
                {t('form.sent')}
              </Checkbox>
              <Controller
                control={control}
                name="confirmedUnsuitable"
                render={({ field: { value, onChange, onBlur, ref } }) => (
                  <Checkbox
                    ref={ref}
                    checked={value}
                    onBlur={onBlur}
                    onChange={(event) => onChange(event.target.checked)}
                  >
                    {t('form.confirmedUnsuitable')}
                  </Checkbox>
                )}
              />
            </Card>
            <Card size="small" title={<h2>{t('form.consumerSection')}</h2>}>
              <div className="heshi-grid">
                <TextField control={control} name="consumerName" label={t('form.consumerName')} required />
                <PhoneField
                  control={control}
                  name="consumerPhone"
                  label={t('form.consumerPhone')}
                  help={t('form.consumerPhoneHint')}
                />
              </div>
            </Card>
          </form>
        </Form>
        <div className="heshi-return-side">
          <VerdictPanel control={control} />
        </div>
      </div>
    </Page>
  );
}
