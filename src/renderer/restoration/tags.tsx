import { AlertFilled, ClockCircleOutlined, PauseCircleOutlined } from '@ant-design/icons';
import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RestorationToDo } from '../../contract/workstation/restoration.ts';
import type { RestorationStatus } from '../../domain/restoration/index.ts';
import { StatusTag, type Tone } from '../kernel/components/status-tag.tsx';
import { exactTime } from '../kernel/components/when.tsx';

const STATUS: Record<RestorationStatus, Tone> = {
  filed: 'warning',
  returned: 'warning',
  accepted: 'active',
  submitted: 'active',
  concluded: 'good',
  withdrawn: 'neutral',
  expired: 'neutral',
};

/** Where an application stands: word, colour and shape. */
export function RestorationStatusTag({ status }: { status: RestorationStatus }) {
  const { t } = useTranslation('restorations');
  const tone = STATUS[status];
  const over = tone === 'good' || tone === 'neutral';
  return (
    <StatusTag tone={tone} icon={over ? undefined : <ClockCircleOutlined />}>
      {t(`status.${status}`)}
    </StatusTag>
  );
}

/** One thing that is to be done, whose it is and until when. */
export function ToDoTag({ item }: { item: RestorationToDo }) {
  const { t } = useTranslation('restorations');
  const task = t(`task.${item.task}`);
  const text = item.mine ? task : t('taskOf', { task, unit: item.unitName });
  const due = item.dueAt === null ? null : t('dueAt', { at: exactTime(item.dueAt) });
  const hint = item.stands ? t('stands') : due;
  const tag = (
    <Tag
      variant={item.late ? 'solid' : 'outlined'}
      color={item.late ? 'error' : item.mine ? 'processing' : 'default'}
      icon={item.late ? <AlertFilled /> : item.stands ? <PauseCircleOutlined /> : <ClockCircleOutlined />}
    >
      {item.late ? `${text} · ${t('late')}` : text}
    </Tag>
  );
  return hint === null ? tag : <Tooltip title={hint}>{tag}</Tooltip>;
}
