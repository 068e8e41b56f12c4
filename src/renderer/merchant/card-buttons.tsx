import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MerchantCommitment } from '../../domain/merchant/commitments.ts';
import { api } from '../kernel/api/client.ts';
import { openFile } from '../kernel/components/open-file.ts';

const SIZES = ['A5', 'A4'] as const;

/** Prints the card of a version for the shop's window. */
export function CardButtons({
  merchantId,
  commitment: { commitmentId, version },
}: {
  merchantId: string;
  commitment: Pick<MerchantCommitment, 'commitmentId' | 'version'>;
}) {
  const { t } = useTranslation('merchants');
  const { message } = App.useApp();
  const draw = useMutation({
    mutationFn: (size: (typeof SIZES)[number]) => api.merchants.card({ id: merchantId, commitmentId, size }),
    onSuccess: (file) => openFile(file, false),
    onError: () => void message.error(t('card.failed')),
  });
  return SIZES.map((size) => (
    <Button
      key={size}
      size="small"
      type="text"
      aria-label={t('card.printOf', { size, version })}
      loading={draw.isPending && draw.variables === size}
      onClick={() => draw.mutate(size)}
    >
      {t('card.print', { size })}
    </Button>
  ));
}
