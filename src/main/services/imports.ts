import { serviceError } from './errors.ts';
import { os } from './implementer.ts';
export const imports = {
  open: os.imports.open.handler(() => {
    throw serviceError('NOT_FOUND');
  }),
  remap: os.imports.remap.handler(() => {
    throw serviceError('NOT_FOUND');
  }),
  commit: os.imports.commit.handler(() => {
    throw serviceError('NOT_FOUND');
  }),
};
