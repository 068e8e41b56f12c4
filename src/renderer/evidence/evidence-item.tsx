import { AudioOutlined, FilePdfOutlined, PictureOutlined } from '@ant-design/icons';
import { Button, Progress, Tag } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvidenceView } from '../../contract/workstation/evidence.ts';
import { formOf, type EvidenceForm } from '../../domain/evidence/media.ts';
import { useSession } from '../kernel/app/session.ts';
import { When } from '../kernel/components/when.tsx';
import { evidenceAddress, sizeText } from './files.ts';

const SHAPES: Record<EvidenceForm, ReactNode> = {
  image: <PictureOutlined />,
  document: <FilePdfOutlined />,
  audio: <AudioOutlined />,
};

/** The picture itself, small, where it lies here and `mayOpen` lets it be shown; a shape for its form otherwise. */
function Thumbnail({ caseId, item, mayOpen }: { caseId: string; item: EvidenceView; mayOpen: boolean }) {
  const [broken, setBroken] = useState(false);
  const form = formOf(item.mediaType);
  const shown = mayOpen && form === 'image' && item.held && item.withdrawn === null && !broken;
  return (
    <span className="heshi-evidence-thumbnail" aria-hidden="true">
      {shown ? (
        <img
          src={evidenceAddress(caseId, item.sha256)}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => setBroken(true)}
        />
      ) : (
        SHAPES[form]
      )}
    </span>
  );
}

/** Where the content is, as word and shape; null where it simply is. */
function Whereabouts({ item }: { item: EvidenceView }) {
  const { t } = useTranslation('evidence');
  if (item.withdrawn !== null) return <Tag>{t('withdrawn')}</Tag>;
  if (item.outstanding) {
    const percent = Math.floor((item.sent / item.size) * 100);
    return item.sent > 0 ? (
      <Progress
        percent={percent}
        size="small"
        showInfo={false}
        aria-label={t('sending', { percent })}
        format={() => ''}
      />
    ) : (
      <Tag color="processing">{t('waiting')}</Tag>
    );
  }
  return item.held ? null : <Tag>{t('atCentre')}</Tag>;
}

/** One piece of evidence: what it is, who added it, where it is. */
export function EvidenceItemRow({
  caseId,
  item,
  onOpen,
  onWithdraw,
}: {
  caseId: string;
  item: EvidenceView;
  onOpen: () => void;
  onWithdraw: () => void;
}) {
  const { t } = useTranslation('evidence');
  const mayOpen = useSession().staff.capabilities.includes('personal-data.reveal');
  return (
    <li className="heshi-evidence-item">
      <Thumbnail caseId={caseId} item={item} mayOpen={mayOpen} />
      <div className="heshi-evidence-text">
        <strong className={item.withdrawn ? 'heshi-evidence-withdrawn' : undefined}>{item.name}</strong>
        <div>
          {t(`kind.${item.kind}`)} · {sizeText(item.size)} ·{' '}
          {t('by', { name: item.addedByName, unit: item.unitName })} · <When at={item.addedAt} />
        </div>
        {item.note ? <div>{item.note}</div> : null}
        {item.withdrawn ? (
          <div>{t('withdrawnBy', { name: item.withdrawn.byName, reason: item.withdrawn.reason })}</div>
        ) : null}
        <Whereabouts item={item} />
      </div>
      {item.withdrawn === null ? (
        <div className="heshi-evidence-actions">
          {mayOpen ? (
            <Button size="small" aria-label={t('openNamed', { name: item.name })} onClick={onOpen}>
              {t('open')}
            </Button>
          ) : null}
          {item.mayWithdraw ? (
            <Button
              size="small"
              type="text"
              aria-label={t('withdrawNamed', { name: item.name })}
              onClick={onWithdraw}
            >
              {t('withdraw')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}
