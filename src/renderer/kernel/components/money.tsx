import { Tooltip } from 'antd';
import { formatYuan } from '../../../domain/kernel/text/index.ts';

/** Fen as yuan; the fen are shown only when there are some: `¥1,280`, `¥12.50`. */
export function yuan(fen: number): string {
  return `¥${formatYuan(fen).replace(/\.00$/, '')}`;
}

/** Money in yuan, to the fen on hover; nothing known is a dash. */
export function Money({ fen }: { fen: number | null }) {
  if (fen === null) return <>—</>;
  return (
    <Tooltip title={`¥${formatYuan(fen)}`}>
      <span>{yuan(fen)}</span>
    </Tooltip>
  );
}
