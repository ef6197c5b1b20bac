import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { AskedField } from '../../runtime-ui/widgets/AskedField.tsx'
import type { ChangesetItem, PlanScenario } from '../api.ts'
import { useDraftForm } from '../layouts/use-draft-form.ts'
import { fieldsOf } from '../model/model-graph.ts'
import { useStore, useTakeAll } from '../store/store.tsx'
import { useNames } from '../store/use-names.ts'
import { useWhole } from '../store/use-whole.ts'
import { type MissingValue, missingValues, withValueGiven } from './missing-values.ts'
import { isHeld } from './PlanSide.tsx'
import './give-values.css'

interface GiveValuesProps {
  readonly draft: string
  /** What the draft holds: of one that is not worked on here nothing else knows what its fields are called. */
  readonly items: readonly ChangesetItem[]
  readonly scenarios: readonly PlanScenario[]
}

/** Scenarios that fail because they give a field no value: one value, chosen once, goes into all of them. */
export function GiveValues({ draft, items, scenarios }: GiveValuesProps) {
  const { i18n } = useTranslation()
  const names = useNames()
  const { changeset, mayEdit } = useStore()
  const definitions = new Map(useWhole('scenario').map(({ name, definition }) => [name, definition]))
  if (!mayEdit('scenario')) return null
  const missing = missingValues(
    scenarios.filter((one) => !isHeld(one)),
    (name) => definitions.get(name),
  )
  const labelOf = ({ entity, field: name }: MissingValue): string => {
    const drafted = items.find((item) => item.kind === 'entity' && item.name === entity)?.definition
    const field = fieldsOf(drafted ?? undefined).find((one) => one.name === name)
    return textIn(field?.label as Parameters<typeof textIn>[0], i18n.language, names.field(entity, name))
  }
  return missing.map((one) => (
    <GiveValue
      key={`${one.entity}/${one.field}`}
      {...one}
      {...{ draft, label: labelOf(one) }}
      isOpen={changeset?.id === draft}
    />
  ))
}

interface GiveValueProps extends MissingValue {
  readonly draft: string
  /** Of the field. */
  readonly label: string
  /** Whether it is the draft that one works on: only there a press can be taken back. */
  readonly isOpen: boolean
}

function GiveValue({ entity, field: name, label, scenarios, draft, isOpen }: GiveValueProps) {
  const { t, i18n } = useTranslation()
  const names = useNames()
  const takeAll = useTakeAll()
  const { act, open } = useStore()
  const [value, setValue] = useState<unknown>()
  const form = useId()
  const told = useDraftForm({ entity, language: i18n.language, isOff: !isOpen }).data?.entity
  const field = told?.fields.find((one) => one.name === name)
  const count = scenarios.length
  const called = { field: label, entity: names.called('entity', entity), count }
  const isGiven = value !== undefined && value !== null && value !== ''
  // The records of each scenario are its own: none of the workspace's can be named in them.
  const isPointer = field?.relation !== undefined
  const give = async (): Promise<void> => {
    const isTaken = await takeAll(
      scenarios.map((scenario) => ({
        of: { kind: 'scenario', name: scenario },
        change: (now) => ({
          ...{ kind: 'set', path: [] },
          to: now === undefined ? undefined : withValueGiven(now, entity, name, value),
        }),
      })),
    )
    if (isTaken) toast({ text: t('giveValue.done', { count }), undo: () => act({ type: 'undo' }) })
  }
  return (
    <section className="note give-value t13" aria-label={t('giveValue.title', called)}>
      <Icon name="edit" />
      <div className="grow">
        <p className="strong">{t('giveValue.title', called)}</p>
        {isPointer ? <p className="ink-2">{t('giveValue.pointer')}</p> : null}
        {isOpen && told != null && field !== undefined && !isPointer ? (
          <form
            className="give-value-form"
            onSubmit={(event) => {
              event.preventDefault()
              if (isGiven) void give()
            }}
          >
            <AskedField
              {...{ form, field, value }}
              entity={told}
              record={null}
              required={false}
              first={false}
              onChange={setValue}
            />
            <Button htmlType="submit" disabled={!isGiven}>
              {t('giveValue.act', { count })}
            </Button>
          </form>
        ) : null}
        {isOpen ? null : (
          <Button type="link" size="small" className="failing-way" onClick={() => open(draft)}>
            {t('giveValue.open')}
          </Button>
        )}
      </div>
    </section>
  )
}
