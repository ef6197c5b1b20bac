import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { groupFigures } from '../../../runtime-ui/api/records.ts'
import { Button } from '../../../runtime-ui/kit/Button.tsx'
import { faultOf } from '../../../runtime-ui/kit/FaultNote.tsx'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { toast } from '../../../runtime-ui/kit/toast.tsx'
import { useReading } from '../../naming/read-chinese.ts'
import { isObject, type Json, type Path, valueAt } from '../../store/json-value.ts'
import { useInspected } from '../inspected.ts'
import { labelled } from './fresh-name.ts'

interface TakeValuesProps {
  /** Of the options. */
  readonly path: Path
  readonly list: readonly unknown[]
  readonly onAdd: (more: readonly Json[]) => void
}

/** Types whose values are grouped by what they are. */
const GROUPED: ReadonlySet<unknown> = new Set(['text', 'integer', 'decimal', 'percent', 'email', 'phone'])
/** More than these is no choice any more: nobody finds theirs in a list. */
const MOST_VALUES = 100

/** The values that records have of a field which becomes a choice, as its options; the frequent ones first. */
export function TakeValues({ path, list, onAdd }: TakeValuesProps) {
  const { t, i18n } = useTranslation()
  const { kind, definition, inForce, readOnly } = useInspected()
  const [isAsking, setAsking] = useState(false)
  const { readThen, isReading } = useReading((words, read) =>
    onAdd(labelled(words, list, { language: i18n.language, read })),
  )
  const former = kind === 'entity' ? formerOf(inForce, valueAt(definition, path.slice(0, -1))) : undefined
  if (former === undefined || readOnly || !GROUPED.has(former.type)) return null
  const take = async (): Promise<void> => {
    if (isAsking || isReading) return
    setAsking(true)
    try {
      const name = String(former.name)
      const groups = await groupFigures(String(inForce?.name), [name], {}, [{ fn: 'count' }])
      const values = [...groups]
        .sort((one, other) => Number(other.count) - Number(one.count))
        .flatMap((group) => (group[name] === null ? [] : [String(group[name]).trim()]))
      const known = new Set(list.flatMap(wordsFor))
      const more = values.filter((value) => value !== '' && !known.has(value.toLowerCase()))
      if (more.length > MOST_VALUES)
        toast({ kind: 'problem', text: t('inspector.takeTooMany', { most: MOST_VALUES }) })
      else if (more.length === 0) toast({ text: t('inspector.takeNone') })
      else readThen(more.join('\n'))
    } catch (error) {
      toast({ kind: 'problem', text: faultOf(error, t) })
    } finally {
      setAsking(false)
    }
  }
  return (
    <Button
      type="text"
      size="small"
      icon={<Icon name="list" />}
      loading={isAsking || isReading}
      onClick={() => void take()}
    >
      {t('inspector.takeValues')}
    </Button>
  )
}

/** The field as it is in force, where it had another type. */
function formerOf(inForce: Json | undefined, field: unknown): Json | undefined {
  if (!isObject(field) || field.id === undefined) return undefined
  const fields = Array.isArray(inForce?.fields) ? (inForce.fields as readonly unknown[]) : []
  const former = fields.find((one) => isObject(one) && one.id === field.id)
  return isObject(former) && former.type !== field.type ? former : undefined
}

/** What an option is known by already: values are read as its name or as one of its labels. */
function wordsFor(option: unknown): readonly string[] {
  if (!isObject(option)) return []
  const labels = isObject(option.label) ? Object.values(option.label) : [option.label]
  return [option.name, ...labels].map((word) => String(word).toLowerCase())
}
