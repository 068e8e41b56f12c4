import { Tag, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import type { TimelineEntry } from '../../../contract/workstation/case.ts';
import { When } from './when.tsx';

/** What happened, newest first: who, where, when, and whether the centre has it. `title` and `body` word one entry. */
export function History({
  entries,
  title,
  body,
}: {
  entries: readonly TimelineEntry[];
  title: (entry: TimelineEntry) => string;
  body?: (entry: TimelineEntry) => ReactNode;
}) {
  const { t } = useTranslation('common');
  const colour = {
    pending: 'orange',
    accepted: 'green',
    rejected: 'red',
    quarantined: 'red',
    unknown: 'gray',
  } as const;
  return (
    <Timeline
      items={entries.toReversed().map((entry) => ({
        key: entry.eventId,
        color: colour[entry.status],
        content: (
          <div>
            <div>
              <strong>{title(entry)}</strong>{' '}
              {entry.status === 'accepted' ? null : <Tag>{t(`eventStatus.${entry.status}`)}</Tag>}
            </div>
            {body?.(entry)}
            <div className="heshi-muted">
              {entry.actorRole === 'administrator' && entry.actorName === 'administrator'
                ? t('byCentre')
                : entry.actorName}{' '}
              · {entry.unitName} · <When at={entry.at} />
            </div>
          </div>
        ),
      }))}
    />
  );
}
