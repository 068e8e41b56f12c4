import { os } from '../kernel/implementer.ts';
import { actOnLeniency, decideLeniency } from './commands.ts';
import { leniencyForm, listLeniency } from './list.ts';
import { printNoPenalty } from './print.ts';

export const leniency = {
  list: os.leniency.list.handler(({ context }) => listLeniency(context)),
  form: os.leniency.form.handler(({ context, input }) => leniencyForm(context, input.merchantId)),
  decide: os.leniency.decide.handler(async ({ context, input }) => {
    await decideLeniency(context, input);
    return listLeniency(context);
  }),
  act: os.leniency.act.handler(async ({ context, input }) => {
    await actOnLeniency(context, input);
    return listLeniency(context);
  }),
  print: os.leniency.print.handler(({ context, input }) => printNoPenalty(context, input)),
};
