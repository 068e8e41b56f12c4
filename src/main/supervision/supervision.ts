import { exportView } from './export.ts';
import { os } from '../kernel/implementer.ts';
import { compare } from './compare.ts';
import { drill } from './drill.ts';
import { load } from './load.ts';
import { queue } from './queue.ts';
import { draw, sample, samples } from './samples.ts';

/** What supervisors ask; role and scope are asked for by each part. */
export const supervision = {
  queue: os.supervision.queue.handler(({ context, input }) => queue(context, input)),
  load: os.supervision.load.handler(({ context, input }) => load(context, input)),
  draw: os.supervision.draw.handler(({ context, input }) => draw(context, input)),
  samples: os.supervision.samples.handler(({ context }) => samples(context)),
  sample: os.supervision.sample.handler(({ context, input }) => sample(context, input.id)),
  compare: os.supervision.compare.handler(({ context, input }) => compare(context, input)),
  drill: os.supervision.drill.handler(({ context, input }) => drill(context, input)),
  export: os.supervision.export.handler(({ context, input }) => exportView(context, input)),
};
