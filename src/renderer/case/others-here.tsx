import { TeamOutlined } from '@ant-design/icons';
import { Tag, Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CasePresence } from '../../contract/workstation/live.ts';
import { api } from '../kernel/api/client.ts';

const AGAIN_MS = 3_000;
const SHOWN = 2;

/** True while this page is the one that is looked at: a tab in the background has nothing open. */
function useLookedAt(): boolean {
  const [visible, setVisible] = useState(() => document.visibilityState === 'visible');
  useEffect(() => {
    const look = (): void => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return visible;
}

/** Who else has the case open now, followed for as long as this page shows it to somebody. */
function useOthersHere(caseId: string): CasePresence['others'] {
  const [others, setOthers] = useState<CasePresence['others']>([]);
  const lookedAt = useLookedAt();
  useEffect(() => {
    if (!lookedAt) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const follow = async (): Promise<void> => {
      while (!signal.aborted) {
        try {
          for await (const next of await api.presence.watch({ caseId }, { signal })) setOthers(next.others);
        } catch {
          // Nobody is shown of whom nothing is known.
        }
        if (signal.aborted) return;
        setOthers([]);
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    };
    void follow();
    return () => controller.abort();
  }, [caseId, lookedAt]);
  return others;
}

/** A quiet word beside the title while others look at the same case; nothing where nobody does. */
export function OthersHere({ caseId }: { caseId: string }) {
  const { t } = useTranslation('cases');
  const others = useOthersHere(caseId);
  const named = others.map(({ name, unitName }) => t('presence.person', { name, unit: unitName }));
  const text =
    named.length === 0
      ? ''
      : named.length <= SHOWN
        ? t('presence.open', { names: named.join(t('presence.and')) })
        : t('presence.more', { names: named[0], count: named.length - 1 });
  return (
    <span role="status">
      {text === '' ? null : (
        <Tooltip title={`${named.join(t('presence.and'))}. ${t('presence.hint')}`}>
          <Tag icon={<TeamOutlined />} color="processing">
            {text}
          </Tag>
        </Tooltip>
      )}
    </span>
  );
}
