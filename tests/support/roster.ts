import type { WorkstationClient } from '../../src/main/workstation.ts';

/** A merchant that the operator brings in with its promise, on a roster; it holds from today. Gives its id. */
export async function onRoster(
  api: WorkstationClient,
  { name, unitName, unitPath, days }: { name: string; unitName: string; unitPath: string; days: number },
): Promise<string> {
  const table = ['商户名称,所属商场,承诺退货天数', [name, unitName, days].join(',')].join('\n');
  const { importId } = await api.imports.open({
    fileName: 'roster.csv',
    base64: Buffer.from(table).toString('base64'),
  });
  for await (const progress of await api.imports.commit({ importId, unitPath }))
    if (progress.phase === 'finished') break;
  const { items } = await api.merchants.list({ search: name, limit: 10 });
  const found = items.find((one) => one.name === name);
  if (!found) throw new Error(`${name} is not on the roster`);
  return found.id;
}
