import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  DownCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
  SyncOutlined,
  UpCircleOutlined,
} from '@ant-design/icons';
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseStatus } from '../../../domain/case/index.ts';

export type Tone = 'neutral' | 'active' | 'good' | 'bad' | 'warning' | 'up' | 'down';

const COLOURS: Record<Tone, string> = {
  neutral: 'default',
  active: 'processing',
  good: 'success',
  bad: 'error',
  warning: 'warning',
  up: 'purple',
  down: 'geekblue',
};

const SHAPES: Record<Tone, ReactNode> = {
  neutral: <MinusCircleOutlined />,
  active: <SyncOutlined />,
  good: <CheckCircleOutlined />,
  bad: <CloseCircleOutlined />,
  warning: <ExclamationCircleOutlined />,
  up: <UpCircleOutlined />,
  down: <DownCircleOutlined />,
};

/** A status as word, colour and shape together: none of the three alone carries it. */
export function StatusTag({ tone, children, icon }: { tone: Tone; children: ReactNode; icon?: ReactNode }) {
  return (
    <Tag color={COLOURS[tone]} icon={icon ?? SHAPES[tone]} variant="outlined">
      {children}
    </Tag>
  );
}

const CASE_TONES: Record<CaseStatus, Tone> = {
  registered: 'warning',
  escalated: 'up',
  'handed-down': 'down',
  transferred: 'down',
  'taken-over': 'up',
  accepted: 'active',
  mediating: 'active',
  settled: 'good',
  performed: 'good',
  broken: 'bad',
  failed: 'bad',
  refused: 'neutral',
  withdrawn: 'neutral',
  terminated: 'neutral',
  closed: 'neutral',
};

/** A case's status. */
export function CaseStatusTag({ status }: { status: CaseStatus }) {
  const { t } = useTranslation('cases');
  const icon = status === 'registered' ? <ClockCircleOutlined /> : undefined;
  return (
    <StatusTag tone={CASE_TONES[status]} icon={icon}>
      {t(`status.${status}`)}
    </StatusTag>
  );
}
