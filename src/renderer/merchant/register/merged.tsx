import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MerchantDetail } from '../../../contract/workstation/merchant.ts';
import { api } from '../../kernel/api/client.ts';
import { ErrorNotice } from '../../kernel/components/error-notice.tsx';
import { useEventId } from '../../kernel/components/use-event-id.ts';
import { When } from '../../kernel/components/when.tsx';
import { useRegisterChanged } from './use-register.ts';

/** Says of an entry that it is merged into another, and takes that back; nothing of an entry that stands by itself. */
export function MergedNotice({ merchant: { state, canEdit } }: { merchant: MerchantDetail }) {
  const { t } = useTranslation('register');
  const { mergedInto } = state;
  if (mergedInto === undefined) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={
        <>
          {t('merged.title')} <Link to={`/merchants/${mergedInto.id}`}>{mergedInto.name}</Link> ·{' '}
          <When at={mergedInto.at} />
        </>
      }
      description={t('merged.text')}
      action={canEdit ? <Unmerge key={state.revision} state={state} intoId={mergedInto.id} /> : null}
    />
  );
}

/** Undoes a merge in one press: both entries are as they were, and it can be merged again. */
export function Unmerge({
  state,
  intoId,
}: {
  state: Pick<MerchantDetail['state'], 'id' | 'revision'>;
  intoId: string;
}) {
  const { t } = useTranslation('register');
  const { message } = App.useApp();
  const eventId = useEventId();
  const { saved, refused } = useRegisterChanged();
  const undo = useMutation({
    mutationFn: () => api.merchants.unmerge({ id: state.id, revision: state.revision, eventId, intoId }),
    onSuccess: (next) => {
      saved(next);
      void message.success(t('merged.undone'));
    },
    onError: refused,
  });
  return (
    <>
      <Button loading={undo.isPending} onClick={() => undo.mutate()}>
        {t('merged.undo')}
      </Button>
      {undo.error ? <ErrorNotice error={undo.error} /> : null}
    </>
  );
}

/** Entries that are this merchant too, and where it traded before. */
export function RegisterCard({ merchant: { absorbed, earlierPlaces } }: { merchant: MerchantDetail }) {
  const { t } = useTranslation('register');
  if (absorbed.length === 0 && earlierPlaces.length === 0) return null;
  return (
    <Card size="small" title={<h2>{t('card.title')}</h2>}>
      {absorbed.length > 0 ? (
        <>
          <p className="heshi-flush-top">{t('card.absorbed')}</p>
          <ul className="heshi-flush">
            {absorbed.map((one) => (
              <li key={one.id}>
                <Link to={`/merchants/${one.id}`}>{one.name}</Link> · {one.unitName}
              </li>
            ))}
          </ul>
          <p className="heshi-muted">{t('card.absorbedHint')}</p>
        </>
      ) : null}
      {earlierPlaces.length > 0 ? (
        <>
          <p className="heshi-flush-top">{t('card.places')}</p>
          <ul className="heshi-flush">
            {earlierPlaces.map((one) => (
              <li key={`${one.unitPath} ${one.until}`}>
                {t('card.place', { unit: one.unitName, until: one.until })}
              </li>
            ))}
          </ul>
          <p className="heshi-muted heshi-flush-bottom">{t('card.placesHint')}</p>
        </>
      ) : null}
    </Card>
  );
}
