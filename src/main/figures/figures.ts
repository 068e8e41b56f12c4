import { os } from '../kernel/implementer.ts';
import { figuresAnswer } from './answer.ts';
import { applicationsOf } from './applications.ts';
import { exportFigures } from './export.ts';
import { monthlyReport } from './report.ts';

export const figures = {
  get: os.figures.get.handler(({ context, input }) => figuresAnswer(context, input.of)),
  applications: os.figures.applications.handler(({ context, input }) => applicationsOf(context, input)),
  export: os.figures.export.handler(({ context, input }) => exportFigures(context, input)),
  report: os.figures.report.handler(({ context, input }) => monthlyReport(context, input.of)),
};
