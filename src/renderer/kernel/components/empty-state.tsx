import { Empty } from 'antd';
import type { ReactNode } from 'react';

/** Nothing here yet, and what to do about it. */
export function EmptyState({ title, text, action }: { title: string; text?: string; action?: ReactNode }) {
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <strong>{title}</strong>
          {text ? <p className="heshi-follows-xs">{text}</p> : null}
        </>
      }
    >
      {action}
    </Empty>
  );
}
