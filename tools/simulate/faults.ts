import type { Random } from '../world/random.ts';

/** What was done to the network, so that a run in which nothing happened is not taken for a proof. */
export type FaultCounts = { lostRequests: number; lostAnswers: number; duplicates: number; kills: number };

export type FaultyNetwork = { fetcher: typeof fetch; counts: FaultCounts; calm(): void };

/**
 * A network that loses requests, loses answers after the centre has acted, and delivers requests twice.
 * `calm` ends the weather, so that everything can arrive before the figures are compared.
 */
export function createFaultyNetwork(random: Random): FaultyNetwork {
  const counts: FaultCounts = { lostRequests: 0, lostAnswers: 0, duplicates: 0, kills: 0 };
  let bad = true;
  const fetcher: typeof fetch = async (input, init) => {
    if (!bad) return fetch(input, init);
    if (random.chance(0.04)) {
      counts.lostRequests += 1;
      throw new TypeError('simulated: request lost');
    }
    const again = random.chance(0.04);
    const twin = again ? await copyOf(input, init) : null;
    const answer = await fetch(input, init);
    if (twin !== null) {
      counts.duplicates += 1;
      await fetch(twin).then((response) => response.arrayBuffer());
    }
    if (random.chance(0.04)) {
      counts.lostAnswers += 1;
      await answer.arrayBuffer();
      throw new TypeError('simulated: answer lost');
    }
    return answer;
  };
  return {
    fetcher,
    counts,
    calm: () => {
      bad = false;
    },
  };
}

async function copyOf(
  input: Parameters<typeof fetch>[0],
  init: Parameters<typeof fetch>[1],
): Promise<Request> {
  const request = new Request(input instanceof Request ? input.clone() : input, init);
  const body = request.method === 'GET' ? undefined : await request.arrayBuffer();
  return new Request(request.url, {
    method: request.method,
    headers: request.headers,
    ...(body ? { body } : {}),
  });
}
