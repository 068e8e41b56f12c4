import type { QueryExecutorProvider } from 'kysely';
import type { Transaction } from './database.ts';
import { keepingOn } from './prepared.ts';

/** What a statement can be executed on: a transaction, or its connection in a pipeline. */
export type QueryExecutor = QueryExecutorProvider;

/**
 * Gives `take` the transaction's connection, on which a statement is sent when it is executed, whether or not the ones before it have
 * been answered (https://node-postgres.com/features/pipelining). PostgreSQL does them one after the other, as sent, without
 * waiting for this process in between. Once one fails, all after it do, and the transaction has to end. Until `take` has
 * ended, nothing may be executed on `transaction` itself: it would wait for ever. The connection keeps the statements prepared, unless told
 * otherwise.
 */
export function pipelined<Result>(
  transaction: Transaction,
  take: (executor: QueryExecutor) => Promise<Result>,
  { keeps = true }: { keeps?: boolean } = {},
): Promise<Result> {
  const whole = transaction.getExecutor();
  return whole.provideConnection(async (connection) => {
    const sent: Promise<unknown>[] = [];
    const own = whole.withConnectionProvider({
      provideConnection: (consumer) => {
        const answer = consumer(keeps ? keepingOn(connection) : connection);
        sent.push(answer);
        return answer;
      },
    });
    try {
      return await take({ getExecutor: () => own });
    } catch (error) {
      const failures = (await Promise.allSettled(sent)).filter((answer) => answer.status === 'rejected');
      // Of several statements the later ones say only that one before them failed, each in its own way.
      throw failures.some(({ reason }) => reason === error) ? failures[0]?.reason : error;
    } finally {
      // The connection is not given back while an answer is to come.
      await Promise.allSettled(sent);
    }
  });
}

/**
 * Has a statement that was sent answer later than the next ones are sent: whoever awaits it gets its failure, and until then a failure
 * does not count as unhandled.
 */
export function later<Answer>(answer: Promise<Answer>): Promise<Answer> {
  answer.catch(() => undefined);
  return answer;
}
