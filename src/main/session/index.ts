export { enrolmentOf } from './enrolment.ts';
export { keepPins } from './pin.ts';
