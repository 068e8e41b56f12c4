import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Modal, Spin } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvidenceView } from '../../contract/workstation/evidence.ts';
import { formOf } from '../../domain/evidence/media.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { bringHere, evidenceAddress } from './files.ts';

/** One piece of evidence, large; fetched from the centre first where it does not lie here. */
export function EvidencePreview({
  caseId,
  item,
  onClose,
}: {
  caseId: string;
  item: EvidenceView;
  onClose: () => void;
}) {
  const { t } = useTranslation('evidence');
  const queries = useQueryClient();
  const content = useQuery({
    queryKey: ['evidence', 'content', item.sha256],
    queryFn: () => bringHere(caseId, item.sha256).then(() => true),
    retry: false,
    gcTime: 0,
  });
  const { isSuccess } = content;
  useEffect(() => {
    // It lies here now, and its thumbnail can be shown.
    if (isSuccess && !item.held) void queries.invalidateQueries({ queryKey: ['evidence', 'list', caseId] });
  }, [isSuccess, item.held, queries, caseId]);
  return (
    <Modal open title={item.name} width={960} footer={null} onCancel={onClose} destroyOnHidden>
      {content.isPending ? (
        <Spin description={t('fetching')}>
          <div className="heshi-evidence-room" />
        </Spin>
      ) : null}
      {content.error ? <ErrorNotice error={content.error} kept={false} /> : null}
      {isSuccess ? <Shown caseId={caseId} item={item} /> : null}
    </Modal>
  );
}

function Shown({ caseId, item }: { caseId: string; item: EvidenceView }) {
  const { t } = useTranslation('evidence');
  const [broken, setBroken] = useState(false);
  const source = evidenceAddress(caseId, item.sha256);
  if (broken) return <Alert type="info" showIcon title={t('cannotShow')} />;
  switch (formOf(item.mediaType)) {
    case 'image':
      return (
        <img className="heshi-evidence-shown" src={source} alt={item.name} onError={() => setBroken(true)} />
      );
    case 'document':
      return <iframe className="heshi-evidence-document" src={source} title={item.name} />;
    case 'audio':
      return (
        // Recordings of a dispute come without captions; the note beside them says what they hold.
        <audio
          className="heshi-evidence-audio"
          src={source}
          controls
          aria-label={item.name}
          onError={() => setBroken(true)}
        />
      );
  }
}
