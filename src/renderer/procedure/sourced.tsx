import { InfoCircleOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { HonestyTag } from '../../domain/procedure/procedure.ts';

/** How surely a rule is known, in words; an assumption stands out. */
export function Honesty({ tag }: { tag: HonestyTag }) {
  const { t } = useTranslation('common');
  return (
    <Tag
      variant="outlined"
      color={tag === 'assumption' ? 'warning' : 'default'}
      className="heshi-breaks"
      icon={tag === 'second-hand' ? <InfoCircleOutlined /> : undefined}
    >
      {t(`deadline.tag.${tag}`)}
    </Tag>
  );
}
