import { parentPort, workerData } from 'node:worker_threads';
import { OpenedFile } from '../opened-file.ts';
import type { Opening, Question, Questions, QuestionName, Told } from './protocol.ts';

/** Runs as a thread of its own: reads and judges one file, so that nothing else waits for it. */
const { bytes, fileName }: Opening = workerData;
const file = new OpenedFile(bytes, fileName);
const tell = (told: Told): void => parentPort?.postMessage(told);

const answers: {
  [Name in QuestionName]: (
    order: Questions[Name]['order'],
  ) => Questions[Name]['answer'] | Promise<Questions[Name]['answer']>;
} = {
  read: ({ sheets }) =>
    file.read({ ...(sheets === null ? {} : { sheets }), onRows: (rows) => tell({ rows }) }),
  judge: (order) => file.judge(order),
  rows: (order) => file.rows(order),
  refusedFile: (order) => file.refusedFile(order),
};

async function answer(question: Question): Promise<Questions[QuestionName]['answer']> {
  switch (question.name) {
    case 'read':
      return answers.read(question.order);
    case 'judge':
      return answers.judge(question.order);
    case 'rows':
      return answers.rows(question.order);
    case 'refusedFile':
      return answers.refusedFile(question.order);
  }
}

parentPort?.on('message', (question: Question) => {
  answer(question).then(
    (given) => tell({ id: question.id, answer: given }),
    (error: unknown) =>
      tell({
        id: question.id,
        failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
  );
});
