import type { TFunction } from 'i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { PartActs } from '../canvas/PartActs.tsx'
import type { Side } from '../canvas/Picture.tsx'
import { inLongForm } from '../canvas/short-form.ts'
import { Inspector } from '../inspector/Inspector.tsx'
import type { LayoutField } from '../layouts/layout-context.ts'
import { fieldIcon } from '../model/field-icons.ts'
import { type Json, valueAt, withValue } from '../store/json-value.ts'
import type { ColumnActs } from './ViewPalette.tsx'
import { entriesOf, typeOf, type ViewType, withEntry } from './view-edit.ts'

interface SideQuestion extends CanvasProps {
  readonly t: TFunction
  /** The filter is edited in the picture. */
  readonly isBuilt: boolean
  readonly shown: readonly LayoutField[]
  readonly selected: number | undefined
  /** Absent where nothing can be selected. */
  readonly apply?: (next: Json) => void
  readonly acts?: ColumnActs
  readonly onClose?: () => void
}

/** What the picture shows itself; a filter that its chips do not know is edited as a rule. */
const IN_PICTURE = ['type', 'columns', 'sort', 'frozen']
const IN_COLUMN: ReadonlySet<string> = new Set(['field'])
const OF_COLUMN: ReadonlySet<string> = new Set(['total', 'width'])
const OF_BOARD_COLUMN: ReadonlySet<string> = new Set(['total'])
const OF_TYPE: Readonly<Record<ViewType, readonly string[]>> = {
  table: ['group'],
  board: ['group', 'lanes', 'limits'],
  cards: [],
  calendar: ['date', 'until'],
}
const ALWAYS = ['label', 'entity', 'for', 'default']

/** What stands beside the picture of a view: a column, else the view as a whole. */
export function viewSide(question: SideQuestion): Side {
  const { kind, name, definition, inForce, readOnly, set, t, shown, selected, acts, onClose } = question
  const entry = selected === undefined ? undefined : entriesOf(definition)[selected]
  const field = selected === undefined ? undefined : shown[selected]
  const type = typeOf(definition)
  if (selected !== undefined && entry !== undefined && field !== undefined) {
    // A column that says its field alone is edited as one that could say more.
    const whole = (one: Json): Json => inLongForm(one, 'columns')
    return {
      title: field.label,
      beside: field.name,
      icon: <Icon name={fieldIcon(field.type)} />,
      onClose,
      acts:
        readOnly || acts === undefined ? undefined : (
          <PartActs
            isFirst={selected === 0}
            isLast={selected === shown.length - 1}
            onMove={(by) => acts.move(selected, by)}
            onRemove={() => acts.remove(selected)}
          />
        ),
      content: (
        <Inspector
          {...{ kind, name, readOnly }}
          key={field.name}
          definition={whole(definition)}
          inForce={inForce === undefined ? undefined : whole(inForce)}
          at={['columns', String(selected)]}
          without={IN_COLUMN}
          always={type === 'table' ? OF_COLUMN : OF_BOARD_COLUMN}
          set={(path, to) => {
            const next = valueAt(withValue(whole(definition), path, to), ['columns', String(selected)])
            question.apply?.(withEntry(definition, selected, next as Json))
          }}
        />
      ),
    }
  }
  const foreign = Object.values(OF_TYPE)
    .flat()
    .filter((key) => !OF_TYPE[type].includes(key))
  return {
    title: t('example.whole'),
    beside: name,
    content: (
      <Inspector
        {...{ kind, name, definition, inForce, readOnly, set }}
        without={new Set([...IN_PICTURE, ...foreign, ...(question.isBuilt ? ['filter'] : [])])}
        always={new Set([...ALWAYS, ...OF_TYPE[type]])}
      />
    ),
  }
}
