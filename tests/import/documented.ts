import {
  HistoricalOutcome,
  ObjectCategory,
  ProblemCategory,
  Satisfaction,
} from '../../src/domain/case/index.ts';
import {
  COMPLAINT_FIELDS,
  MERCHANT_FIELDS,
  RETURN_FIELDS,
} from '../../src/main/imports/reading/field-names.ts';

/** Every word that may stand in a mapping file. */
export function wordsOfMappings(): readonly string[] {
  return [
    ...MERCHANT_FIELDS,
    ...COMPLAINT_FIELDS,
    ...RETURN_FIELDS,
    ...HistoricalOutcome.options,
    ...Satisfaction.options,
    ...ObjectCategory.options,
    ...ProblemCategory.options,
  ];
}
