import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../../contract/workstation/drafts.ts';
import { When } from './when.tsx';

const WORDS_SHOWN = 3;
const LONGEST_WORD = 24;
const IDENTIFIER = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** The first words that were typed, by which a person knows one draft from another. */
function beginning(value: unknown): string[] {
  if (typeof value === 'string') {
    const text = value.trim();
    return text === '' || IDENTIFIER.test(text) ? [] : [text.slice(0, LONGEST_WORD)];
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
  draft?: { others: readonly Draft[]; open: (draft: Draft) => Promise<void> };
  onDiscard: () => void;
}) {
  const { t } = useTranslation('common');
  const others = draft?.others ?? [];
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
                  <Button type="link" size="small" onClick={() => void draft?.open(one)}>
                    {t('draft.open')}
                  </Button>
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
