import { useEntity } from '../../runtime-ui/kit/model-context.tsx'
import { recordAddress } from '../../runtime-ui/screens/frame/places.ts'
import { nameOf } from '../../runtime-ui/values/references.ts'

interface ExampleRecordProps {
  /** By its name in force, also where the draft takes it away: the record stands there until then. */
  readonly entity: string
  readonly record: { readonly id: string; readonly label: string }
}

/** A record that a plan names, in a window of its own: what is confirmed on the page of the plan stays confirmed. */
export function ExampleRecord({ entity, record }: ExampleRecordProps) {
  const known = useEntity(entity)
  // Nobody knows a record by its id.
  const name = nameOf(record) ?? known?.label ?? record.label
  return (
    <a
      className="link example-record"
      href={recordAddress(entity, record.id)}
      target="_blank"
      rel="noreferrer"
    >
      {name}
    </a>
  )
}
