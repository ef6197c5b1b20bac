import { numberOf } from './ids.ts'
import { SPELLINGS, type Target } from './requests.ts'
import type { RunningTarget } from './targets.ts'

type Row = Readonly<Record<string, unknown>>

/** Asks both targets the same and throws where they differ: a fast error looks like a fast server. */
export async function checkAnswers(
  targets: Readonly<Record<Target, RunningTarget>>,
  owners: readonly (readonly [number, number])[],
): Promise<number> {
  let checked = 0
  const same = (what: string, left: unknown, right: unknown) => {
    checked++
    if (JSON.stringify(left) !== JSON.stringify(right)) {
      throw new Error(`${what}: Tenon says ${JSON.stringify(left)}, the floor ${JSON.stringify(right)}`)
    }
  }
  const ask = async (target: Target, user: number, path: string, body?: string): Promise<unknown> => {
    const answer = await fetch(targets[target].url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${SPELLINGS[target].token(user)}`,
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body }),
    })
    if (answer.status !== 200) throw new Error(`${target} ${path}: ${answer.status} ${await answer.text()}`)
    return ((await answer.json()) as { data: unknown }).data
  }
  for (const [user, id] of owners.filter((_, index) => index % 10_000 === 0)) {
    const [tenon, floor] = [SPELLINGS.tenon, SPELLINGS.floor]
    const one = (await ask('tenon', user, tenon.one(id))) as Row
    const other = (await ask('floor', user, floor.one(id))) as Row
    same(
      'record',
      [one.name, one.phone, Number(one.amount), one.status],
      [other.name, other.phone, Number(other.amount), other.status],
    )
    for (const status of ['new', 'lost']) {
      const ids = ((await ask('tenon', user, tenon.withNames(status))) as Row[]).map((row) => [
        numberOf(row.id as string),
        (row.account as Row).label,
      ])
      const others = ((await ask('floor', user, floor.withNames(status))) as Row[]).map((row) => [
        row.id,
        (row.account as Row).name,
      ])
      same('list', ids, others)
    }
    const found = ((await ask('tenon', user, tenon.search('tenvor'))) as Row[]).map((row) =>
      numberOf(row.id as string),
    )
    const others = ((await ask('floor', user, floor.search('tenvor'))) as Row[]).map((row) => row.id)
    same('search', found, others)
    const groups = (await ask('tenon', user, tenon.grouped.path, tenon.grouped.body)) as Row[]
    const sums = ((await ask('floor', user, floor.grouped.path)) as Row[]).toSorted((a, b) =>
      String(a.status) < String(b.status) ? -1 : 1,
    )
    same(
      'sums',
      groups.map((row) => [row.status, row.count, Number(row.sum_amount)]),
      sums.map((row) => [row.status, row.count, Number(row.amount)]),
    )
  }
  return checked
}
