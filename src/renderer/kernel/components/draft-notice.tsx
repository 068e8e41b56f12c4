import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../../contract/workstation/drafts.ts';
import { When } from './when.tsx';

const WORDS_SHOWN = 3;
const LONGEST_WORD = 24;
/** Ids and codes, which nobody typed. */
const CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The first words that were typed, by which a person knows one draft from another. */
function beginning(value: unknown): string[] {
  if (typeof value === 'string') {
    const text = value.trim();
    return text === '' || CODE.test(text) ? [] : [text.slice(0, LONGEST_WORD)];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(beginning) : [];
}

/** Says that typed text was brought back, offers to start afresh, and names the form's other drafts. */
export function DraftNotice({
  savedAt,
  draft,
  onDiscard,
}: {
  savedAt: string | null;
  /** The draft itself, where others of the same form may be opened instead. */
  draft?: { others: readonly Draft[]; open: (draft: Draft) => Promise<boolean> };
  onDiscard: () => void;
}) {
  const { t } = useTranslation('common');
  const others = draft?.others ?? [];
  /** Those that turned out to be filled in in another window. */
  const [elsewhere, setElsewhere] = useState<string[]>([]);
  const open = async (one: Draft): Promise<void> => {
    if ((await draft?.open(one)) === false) setElsewhere((keys) => [...keys, one.key]);
  };
  return (
    <>
      {savedAt === null ? null : (
        <Alert
          type="info"
          showIcon
          title={
            <>
              {t('draft.restored')} <When at={savedAt} />
            </>
          }
          action={
            <Button size="small" onClick={onDiscard}>
              {t('draft.discard')}
            </Button>
          }
        />
      )}
      {others.length === 0 ? null : (
        <Alert
          type="info"
          title={t('draft.others', { count: others.length })}
          description={
            <ul className="heshi-flush" aria-label={t('draft.list')}>
              {others.map((one) => (
                <li key={one.key}>
                  <Other draft={one} />{' '}
                  {elsewhere.includes(one.key) ? (
                    <span role="status">{t('draft.elsewhere')}</span>
                  ) : (
                    <Button type="link" size="small" onClick={() => void open(one)}>
                      {t('draft.open')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          }
        />
      )}
    </>
  );
}

function Other({ draft }: { draft: Draft }) {
  const words = beginning(draft.values).slice(0, WORDS_SHOWN).join(' · ');
  return (
    <>
      {words === '' ? draft.title : words} · <When at={draft.savedAt} />
    </>
  );
}
