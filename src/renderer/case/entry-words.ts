import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../contract/workstation/case.ts';
import type { CorrectableField } from '../../domain/case/correction.ts';
import type { FieldValue } from '../../domain/kernel/event/change.ts';
import type { Procedure } from '../../domain/procedure/index.ts';
import { useCodeWords } from '../kernel/components/code-words.ts';
import { yuan } from '../kernel/components/money.tsx';
import { linesOf, partsOf } from './entry-parts.ts';

type Payload = Record<string, unknown>;

/** Words one entry of a case's history, in its procedure's words: what happened, and the text that came with it. */
export function useEntryWords(procedure: Procedure): {
  title: (entry: TimelineEntry) => string;
  text: (entry: TimelineEntry) => string;
  /** What was recorded several times over; of a correction, what stood before and stands now, field by field. */
  lines: (entry: TimelineEntry) => string[];
} {
  const { t, i18n } = useTranslation('cases');
  const common = useTranslation('common');
  const documents = useTranslation('documents');
  const codes = useCodeWords(procedure);
  const supervision = useTranslation('supervision');
  const title = (entry: TimelineEntry): string => {
    const known = entry.status !== 'unknown' && i18n.exists(`cases:event.${entry.type}`);
    return known
      ? t(`event.${entry.type}` as 'event.case-accepted')
      : t('page.unknownEvent', { type: entry.type, version: entry.version });
  };
  const text = (entry: TimelineEntry): string => {
    if (entry.status === 'unknown' || typeof entry.payload !== 'object' || entry.payload === null) return '';
    const payload = entry.payload as Payload;
    const parts: string[] = [];
    const ground = payload['ground'];
    if (typeof ground === 'string') {
      parts.push(codes.word(entry.type === 'case-refused' ? 'refusalGrounds' : 'terminationGrounds', ground));
    }
    parts.push(...partsOf(entry, t));
    if (entry.toName !== null) parts.push(entry.toName);
    if (typeof payload['purpose'] === 'string') {
      parts.push(t(`handDownPurpose.${payload['purpose']}` as 'handDownPurpose.handle'));
    }
    if (entry.type === 'personal-data-erased') parts.push(t(`erasure.${payload['cause'] as 'request'}`));
    else if (typeof payload['cause'] === 'string') {
      const group = entry.type === 'clock-stopped' ? 'clockStop' : 'reopenCause';
      parts.push(t(`${group}.${payload['cause']}` as 'clockStop.testing'));
    }
    if (entry.type === 'violation-answered' && typeof payload['result'] === 'string') {
      parts.push(t(`violationResult.${payload['result']}` as 'violationResult.corrected'));
    } else if (entry.type === 'case-reviewed') {
      parts.push(supervision.t(`review.${payload['result'] as 'sound'}`));
    } else if (typeof payload['result'] === 'string') {
      parts.push(t(`performanceResult.${payload['result']}` as 'performanceResult.kept'));
    }
    if (typeof payload['satisfaction'] === 'string') {
      parts.push(t(`satisfaction.${payload['satisfaction']}` as 'satisfaction.unknown'));
    }
    if (entry.type === 'case-assigned') {
      const { name } = payload;
      parts.push(
        typeof name === 'string' ? supervision.t('holder.taken', { name }) : supervision.t('holder.given'),
      );
    }
    if (entry.type === 'document-issued') {
      const { kind, number } = payload as { kind: 'receipt'; number: string };
      parts.push(documents.t(`kind.${kind}`), number);
    }
    if (entry.type === 'evidence-added' && typeof payload['name'] === 'string') parts.push(payload['name']);
    for (const key of ['reason', 'record', 'terms', 'text', 'note']) {
      const value = payload[key];
      if (typeof value === 'string' && value !== '') parts.push(value);
    }
    return parts.join(' · ');
  };
  const value = (field: string, of: FieldValue): string => {
    if (of === null) return t('entry.nothing');
    if (Array.isArray(of)) return of.map((code) => codes.word('claim', code)).join(t('page.comma'));
    if (typeof of === 'boolean') return common.t(of ? 'yes' : 'no');
    if (typeof of === 'number') return yuan(of);
    if (field === 'object' || field === 'problem') return codes.word(field, String(of));
    if (field === 'source') return t(`source.${of as 'phone'}`);
    if (field === 'consumerIdType') return t(`idType.${of as 'other'}`);
    return String(of);
  };
  const lines = (entry: TimelineEntry): string[] => [
    ...(entry.status === 'unknown' ? [] : linesOf(entry, t)),
    ...(entry.changes ?? []).map(({ field, before, after }) =>
      t('entry.change', {
        field: t(`correct.field.${field as CorrectableField}`),
        before: value(field, before),
        after: value(field, after),
      }),
    ),
  ];
  return { title, text, lines };
}
