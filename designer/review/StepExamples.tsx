import { useTranslation } from 'react-i18next'
import { useEntity } from '../../runtime-ui/kit/model-context.tsx'
import { FieldValue } from '../../runtime-ui/values/FieldValue.tsx'
import { nameOf, referenceOf } from '../../runtime-ui/values/references.ts'
import type { StepExample } from '../api.ts'
import { ExampleRecord } from './ExampleRecord.tsx'

/** A few of the records that a step counts; one under the other where each has a value to be read beside it. */
export function StepExamples({ examples }: { readonly examples: readonly StepExample[] }) {
  const { t } = useTranslation()
  const hasValues = examples.some(({ field }) => field !== undefined)
  return (
    <ul
      className={`conversion-examples ${hasValues ? 'with-values' : 'in-line'} t13`}
      aria-label={t('drafts.counted')}
    >
      {examples.map((example) => (
        <li key={example.record.id}>
          <ExampleRecord {...example} />
          <ExampleValue {...example} />
        </li>
      ))}
    </ul>
  )
}

function ExampleValue({ entity: name, field: asked, value }: StepExample) {
  const entity = useEntity(name)
  const field = entity?.fields.find((one) => one.name === asked)
  if (entity === undefined || field === undefined) return null
  return (
    <span className="conversion-value example-value ink-2">
      {field.relation === undefined ? (
        <FieldValue {...{ entity, field, value }} compact />
      ) : (
        <Names value={value} />
      )}
    </span>
  )
}

/** What a value leads to, by name: of a line with two links nobody would know which is the record. */
function Names({ value }: { readonly value: unknown }) {
  const { t } = useTranslation()
  const references = [value].flat().flatMap((one) => referenceOf(one) ?? [])
  return references.map((one) => nameOf(one) ?? t('value.hidden')).join('; ')
}
