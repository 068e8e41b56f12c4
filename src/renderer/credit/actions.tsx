import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CreditDetail } from '../../contract/workstation/credit.ts';
import { api } from '../kernel/api/client.ts';
import { openFile } from '../kernel/components/open-file.ts';
import { FactButton } from './fact-form.tsx';

/** What may be recorded now, by who is signed in. */
export function Actions({ credit }: { credit: CreditDetail }) {
  const { can, state, disputed, merchantId, unitPath } = credit;
  const grade = state?.grade ?? null;
  const entry = { entryId: merchantId, merchantPath: unitPath };
  const waiting = state?.overrides.findLast(({ confirmed }) => confirmed === null);
  return (
    <div className="heshi-credit-actions">
      {can.answer && grade ? (
        <>
          <PrintNotice merchantId={merchantId} />
          {grade.noticeOn === null ? (
            <FactButton credit={credit} type="notice-given" of={{ month: grade.month }} />
          ) : null}
          <FactButton credit={credit} type="reply-given" of={{}} />
          {disputed ? null : (
            <FactButton
              credit={credit}
              type="objection-made"
              of={{ objectionId: merchantId, month: grade.month }}
            />
          )}
          {state?.reRating ? null : <FactButton credit={credit} type="re-rating-requested" of={{}} />}
        </>
      ) : null}
      {can.record ? (
        <>
          <FactButton credit={credit} type="price-patrol-recorded" of={entry} />
          <FactButton credit={credit} type="award-recorded" of={entry} />
        </>
      ) : null}
      {can.decide ? (
        <>
          <FactButton credit={credit} type="penalty-recorded" of={entry} />
          <FactButton credit={credit} type="listing-recorded" of={entry} />
          {grade && !waiting ? (
            <FactButton credit={credit} type="override-proposed" of={{ overrideId: merchantId }} />
          ) : null}
          {waiting ? (
            <FactButton credit={credit} type="override-confirmed" of={{ overrideId: waiting.overrideId }} />
          ) : null}
        </>
      ) : null}
    </div>
  );
}

/** Prints the explanation that is handed to the merchant, with how to object to it. */
function PrintNotice({ merchantId }: { merchantId: string }) {
  const { t } = useTranslation('credit');
  const { message } = App.useApp();
  const draw = useMutation({
    mutationFn: () => api.credits.notice({ id: merchantId }),
    onSuccess: (file) => openFile(file, false),
    onError: () => void message.error(t('notice.failed')),
  });
  return (
    <Button size="small" loading={draw.isPending} onClick={() => draw.mutate()}>
      {t('notice.print')}
    </Button>
  );
}
