import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MerchantDetail } from '../../contract/workstation/merchant.ts';
import { publicCodeOf } from '../../domain/merchant/public-code.ts';
import { api } from '../kernel/api/client.ts';
import { useEventId } from '../kernel/components/use-event-id.ts';
import { useChanged } from './use-changed.ts';

/** Where everybody reads of the merchant, once a card was printed, and another code in case that card is lost or was copied. */
export function PublicAddress({ merchant }: { merchant: MerchantDetail }) {
  const code = publicCodeOf(merchant.state);
  return code === null || merchant.publicAddress === null ? null : (
    <Known key={code} merchant={merchant} address={merchant.publicAddress} code={code} />
  );
}

function Known({
  merchant: { state, canEdit },
  address,
  code,
}: {
  merchant: MerchantDetail;
  address: string;
  code: string;
}) {
  const { t } = useTranslation('merchants');
  const { message, modal } = App.useApp();
  const changed = useChanged(state.id);
  const eventId = useEventId();
  const replace = useMutation({
    mutationFn: () => api.merchants.replaceCode({ id: state.id, code, eventId }),
    onSuccess: (next) => {
      changed.saved(next);
      void message.success(t('publicCode.replaced'));
    },
    onError: () => void message.error(t('publicCode.failed')),
  });
  return (
    <div className="heshi-row">
      <span>{t('publicCode.title')}</span>
      <a href={address} target="_blank" rel="noreferrer" className="heshi-push">
        {code}
      </a>
      {canEdit ? (
        <Button
          size="small"
          type="text"
          loading={replace.isPending}
          onClick={() => {
            modal.confirm({
              title: t('publicCode.replaceTitle'),
              content: t('publicCode.replaceText'),
              okText: t('publicCode.replace'),
              cancelText: t('form.cancel'),
              okButtonProps: { danger: true },
              onOk: () => replace.mutate(),
            });
          }}
        >
          {t('publicCode.replace')}
        </Button>
      ) : null}
    </div>
  );
}
