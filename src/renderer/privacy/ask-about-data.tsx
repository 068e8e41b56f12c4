import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PrivacyRecordKind } from '../../domain/privacy/index.ts';
import { useSession } from '../kernel/app/session.ts';

/** From a record to the form of a request about it, for whoever may receive one. */
export function AskAboutData({ kind, id }: { kind: PrivacyRecordKind; id: string }) {
  const { t } = useTranslation('privacy');
  const { staff } = useSession();
  const navigate = useNavigate();
  if (!staff.capabilities.includes('privacy.handle')) return null;
  return (
    <Button size="small" onClick={() => void navigate(`/privacy/new?record=${kind}:${id}`)}>
      {t('ask')}
    </Button>
  );
}
