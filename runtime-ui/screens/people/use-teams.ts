import { useQuery } from '@tanstack/react-query'
import { countBy, listRecords } from '../../api/records.ts'
import type { RecordData } from '../../api/types.ts'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { referenceOf, titleOf } from '../../values/references.ts'
import { type Team, teamTree } from './team-tree.ts'

export interface LedTeam extends Team {
  readonly leader: { readonly id: string; readonly name: string } | undefined
}

/** Teams that are read at most: a tree of more is no picture any more. */
const MOST_PAGES = 10

/** All teams as a tree, with how many people have each as theirs. */
export function useTeams() {
  const { model } = useWork()
  const language = useLanguage()
  const entity = model.entities.find(({ name }) => name === 'team')!
  const people = model.entities.find(({ name }) => name === 'user')
  const teams = useQuery({
    queryKey: ['records', 'team', 'tree'],
    queryFn: async ({ signal }) => {
      const records: RecordData[] = []
      let after: string | undefined
      for (let page = 0; page < MOST_PAGES; page++) {
        const question = {
          limit: 200,
          sort: 'name',
          expand: 'leader',
          ...(after === undefined ? {} : { after }),
        }
        const answer = await listRecords('team', question, signal)
        records.push(...answer.data)
        if (answer.page.next === null) break
        after = answer.page.next
      }
      return records
    },
  })
  const canCount = people?.fields.some(({ name }) => name === 'team') === true
  const counts = useQuery({
    queryKey: ['records', 'user', 'by team'],
    queryFn: () => countBy('user', 'team', { '!=': [{ var: 'active' }, false] }),
    enabled: canCount,
  })
  const found = (teams.data ?? []).map((record): LedTeam => {
    const leader = referenceOf(record.leader)
    return {
      id: record.id,
      name: titleOf(entity, record),
      parent: referenceOf(record.parent)?.id ?? undefined,
      leader: leader?.id == null || leader.label === null ? undefined : { id: leader.id, name: leader.label },
    }
  })
  const tree = teamTree(found, counts.data ?? new Map(), new Intl.Collator(language))
  return { query: teams, tree, areCounted: counts.isSuccess, total: found.length }
}
