import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { z } from 'zod';
import type { TimelineEntry } from '../../contract/workstation/case.ts';
import { returnSchemas } from '../../domain/return/events.ts';
import { Money } from '../kernel/components/money.tsx';
import { History } from '../kernel/components/timeline.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';

const KNOWN = new Set(Object.keys(returnSchemas));

/** What happened to a return, with what each decision said. */
export function ReturnHistory({ entries }: { entries: readonly TimelineEntry[] }) {
  const { t } = useTranslation('returns');
  const say = useDataWords();
  const { t: tCases } = useTranslation('cases');
  const title = ({ type, version }: TimelineEntry): string =>
    KNOWN.has(`${type}@${version}`)
      ? say(`cases:event.${type}`)
      : tCases('page.unknownEvent', { type, version });
  const body = ({ type, version, payload }: TimelineEntry) => {
    const key = `${type}@${version}`;
    if (key === 'return-granted@1') {
      const read = returnSchemas[key].safeParse(payload);
      return read.success ? (
        <div>
          <Money fen={read.data.refundFen} /> · {t(`route.${read.data.route}`)}
        </div>
      ) : null;
    }
    if (key === 'return-refused@1') {
      const read = returnSchemas[key].safeParse(payload);
      return read.success ? (
        <div className="heshi-as-typed">
          {t(`ground.${read.data.ground}`)} · {read.data.text}
        </div>
      ) : null;
    }
    if (key === 'return-resolved@1') {
      const read = returnSchemas[key].safeParse(payload);
      return read.success ? <div>{t(`caseOutcome.${read.data.outcome}`)}</div> : null;
    }
    if (key === 'return-disputed@1' || key === 'return-disputed@2') {
      const read = z.object({ caseId: z.string() }).safeParse(payload);
      return read.success ? <Link to={`/cases/${read.data.caseId}`}>{t('page.openLinkedCase')}</Link> : null;
    }
    return null;
  };
  return <History entries={entries} title={title} body={body} />;
}
