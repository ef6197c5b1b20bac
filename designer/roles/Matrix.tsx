import { useTranslation } from 'react-i18next'
import type { RoleTold } from '../../runtime-ui/api/rights.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { iconNamed } from '../../runtime-ui/kit/icons/paths.ts'
import { rightWord } from '../../runtime-ui/screens/rights/right-word.ts'
import { FateChip } from '../review/FateChip.tsx'
import type { Difference, Json } from '../store/json-value.ts'
import { RightCell } from './RightCell.tsx'
import type { RightColumn } from './role-schema.ts'
import { rightPath, saidOf } from './said.ts'
import { entityTold, faultAt } from './use-told.ts'

export interface MatrixEntity {
  readonly name: string
  readonly label: string
  readonly icon: string | undefined
  /** Only the draft has it. */
  readonly isNew: boolean
}

export interface MatrixProps {
  readonly role: Json
  readonly told: RoleTold | undefined
  readonly columns: readonly RightColumn[]
  readonly entities: readonly MatrixEntity[]
  readonly changes: readonly Difference[]
  readonly chosen: string | undefined
  readonly readOnly: boolean
  readonly onChoose: (entity: string) => void
  readonly onSay: (path: readonly string[], said: unknown) => void
  readonly onRule: (entity: string, path: readonly string[]) => void
}

/** Room in pixels: of the names, of those beside which something stands, of a picture with a word, of yes or no. */
const NAMES = 146
const WIDE_NAMES = 216
/** All rights that the engine knows fit beside the navigation and the panel on a screen of 1440. */
const WIDTHS = { scope: 81, yes_no: 60, other: 96 } as const

/** What a role reaches: a row for each entity, a column for each right that roles know, the default at the foot. */
export function Matrix(props: MatrixProps) {
  const { t } = useTranslation()
  const names = props.entities.some(({ isNew }) => isNew) ? WIDE_NAMES : NAMES
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="matrix-box" aria-label={t('roles.matrix')} tabIndex={0}>
      <table
        className="matrix"
        style={{ minWidth: names + props.columns.reduce((sum, one) => sum + WIDTHS[one.type], 0) }}
      >
        <colgroup>
          <col className="matrix-names" />
          {props.columns.map((column) => (
            <col key={column.name} style={{ width: WIDTHS[column.type] }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('roles.reaches')}</th>
            {props.columns.map((column) => (
              <th key={column.name} scope="col" title={column.description}>
                {rightWord(column.name, t, column.title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.entities.map((entity) => (
            <Row key={entity.name} entity={entity} {...props} />
          ))}
          <Row entity={undefined} {...props} />
        </tbody>
      </table>
    </section>
  )
}

function Row({ entity, ...props }: MatrixProps & { readonly entity: MatrixEntity | undefined }) {
  const { t } = useTranslation()
  const { role, told, columns, changes, chosen, readOnly, onChoose, onSay, onRule } = props
  const label = entity?.label ?? t('roles.rest')
  const rights = entity === undefined ? undefined : entityTold(told, entity.name)?.rights
  return (
    <tr
      className={entity === undefined ? 'rest' : entity.name === chosen ? 'on' : undefined}
      data-entity={entity?.name ?? '*'}
    >
      <th scope="row">
        {entity === undefined ? (
          <span className="row ink-2 matrix-name" title={t('roles.restText')}>
            <Icon name="more" />
            <span className="cut">{label}</span>
          </span>
        ) : (
          <button
            type="button"
            className="plain-button row strong matrix-name"
            aria-pressed={entity.name === chosen}
            onClick={() => onChoose(entity.name)}
          >
            <Icon name={iconNamed(entity.icon ?? entity.name)} />
            <span className="cut">{label}</span>
            <FateChip fate={entity.isNew ? 'new' : undefined} />
          </button>
        )}
      </th>
      {columns.map((column) => {
        const path = rightPath(entity?.name, column.name)
        const { said, isInherited } = saidOf(role, entity?.name, column.name)
        const isChanged = changes.some((change) => change.path.join('/') === path.join('/'))
        const isUntold = isChanged && (told?.problems.length ?? 0) > 0
        return (
          <td key={column.name} data-right={column.name}>
            <RightCell
              column={column}
              name={t('roles.cell', { entity: label, right: rightWord(column.name, t, column.title) })}
              said={said}
              isInherited={isInherited}
              told={isUntold ? undefined : rights?.[column.name]}
              isChanged={isChanged}
              problem={faultAt(told, path)}
              takesRule={entity !== undefined}
              readOnly={readOnly}
              onSay={(next) => onSay(path, next)}
              onRule={() => entity !== undefined && onRule(entity.name, path)}
            />
          </td>
        )
      })}
    </tr>
  )
}
