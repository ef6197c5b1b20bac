import type { Entity, RecordData } from '../../runtime-ui/api/types.ts'
import { Facts } from '../../runtime-ui/screens/record/Facts.tsx'
import { Overview } from '../../runtime-ui/screens/record/Overview.tsx'
import { RecordHead } from '../../runtime-ui/screens/record/RecordHead.tsx'
import { RelatedList } from '../../runtime-ui/screens/record/RelatedList.tsx'
import { relatedTabs } from '../../runtime-ui/screens/record/related-tabs.ts'
import { arranged } from '../../runtime-ui/values/arranged.ts'
import '../../runtime-ui/kit/record.css'

interface DraftPageProps {
  readonly entity: Entity
  readonly inForce: Entity | undefined
  readonly record: RecordData
}

/** The page of a record, drawn by its own parts, to be looked at: nothing in it can be pressed. */
export function DraftPage({ entity: given, inForce, record }: DraftPageProps) {
  const entity = arranged(given, record)
  // What only the draft relates has no records yet.
  const known = new Set(inForce?.relations.map(({ name }) => name))
  const related = relatedTabs(entity).filter(({ relation }) => known.has(relation.name))
  return (
    <div className="record draft-page" inert>
      <RecordHead entity={entity} record={record} />
      {entity.page.overview === undefined ? null : (
        <Overview entity={entity} record={record} groups={entity.page.overview} />
      )}
      <div className="draft-page-body">
        <div className="record-facts">
          <Facts entity={entity} record={record} />
        </div>
        <div className="record-rail">
          {related.map((item) => (
            <RelatedList key={item.relation.name} entity={entity} record={record} tab={item} />
          ))}
        </div>
      </div>
    </div>
  )
}
