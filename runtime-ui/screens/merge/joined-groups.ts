import type { LikeGroup } from '../../api/merge.ts'

/** Groups of several pages: those that have a record in common are one, in the order in which they first came. */
export function joinedGroups(groups: readonly LikeGroup[]): readonly LikeGroup[] {
  let joined: readonly LikeGroup[] = []
  for (const group of groups) {
    const ids = new Set(group.records.map(({ id }) => id))
    const same = joined.filter(({ records }) => records.some(({ id }) => ids.has(id)))
    const whole = [...same, group].reduce(both)
    const at = joined.findIndex((one) => same.includes(one))
    const rest = joined.filter((one) => !same.includes(one))
    joined = at === -1 ? [...rest, whole] : [...rest.slice(0, at), whole, ...rest.slice(at)]
  }
  return joined
}

function both(one: LikeGroup, other: LikeGroup): LikeGroup {
  const records = new Map([...one.records, ...other.records].map((record) => [record.id, record]))
  return { records: [...records.values()], fields: [...new Set([...one.fields, ...other.fields])] }
}
