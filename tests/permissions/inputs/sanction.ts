import { uuidv7 } from 'uuidv7';
import { id, period, today, type Inputs } from '../input-values.ts';

const content = {
  kind: 'penalty' as const,
  class: 'minor' as const,
  organ: '虚构市场监督管理局',
  number: '虚市监处罚〔2026〕1号',
  determinedOn: today,
  publishedOn: null,
  channel: 'gsxt' as const,
  simplified: false,
  measures: [],
  areas: [],
  restrictedUntil: null,
  text: '',
  duties: [],
};
const file = {
  fileName: 'penalties.csv',
  base64: Buffer.from('当事人,处罚机关,文号,决定日期\n').toString('base64'),
};

export const inputs: Inputs<'sanctions'> = {
  sanctions: {
    list: {},
    get: { id },
    calendar: period,
    known: { merchantId: id, organ: content.organ, number: content.number },
    record: { eventId: uuidv7(), merchantId: id, content, continues: null },
    step: {
      id,
      revision: 1,
      eventId: uuidv7(),
      fact: { type: 'sanction-published', payload: { on: today } },
    },
    keepFile: { name: '决定书.pdf', base64: 'JVBERi0xLjc=' },
    openFile: { id, sha256: 'a'.repeat(64) },
    letter: { id },
    calls: {},
    callPhone: { id },
    called: { id, revision: 1, eventId: uuidv7(), outcome: 'reached', note: '' },
    callLetter: { id },
    notice: { id },
    preview: file,
    importFile: { ...file, refused: 0 },
  },
};
