import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { isObject, type Json, type Path } from '../store/json-value.ts'
import type { Named } from '../store/use-names.ts'
import { ARROW, Choose, Row } from './StepRow.tsx'
import type { ScenarioWords } from './use-scenario.ts'
import { ValueRows } from './ValueRows.tsx'

interface PartProps {
  readonly step: Json
  readonly path: Path
  readonly words: ScenarioWords
  readonly readOnly: boolean
  readonly set: CanvasProps['set']
}

interface OfEntity extends PartProps {
  /** The entity of the record that the step names; '' as long as it names none. */
  readonly entity: string
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Which button is pressed: the flows that have one on such records. */
export function ButtonPart({ step, path, words, readOnly, set, entity }: OfEntity) {
  const { t } = useTranslation()
  return (
    <Row label={t('scenarios.which.button')}>
      {(id) => (
        <Choose
          {...{ id, readOnly }}
          value={textOf(step.flow)}
          options={words.buttons(entity)}
          onChange={(next) => set([...path, 'flow'], next)}
        />
      )}
    </Row>
  )
}

/** Which milestone is ticked: those of all stages that such records pass. */
export function MilestonePart({ step, path, words, readOnly, set, entity }: OfEntity) {
  const { t } = useTranslation()
  return (
    <Row label={t('scenarios.which.milestone')}>
      {(id) => (
        <Choose
          {...{ id, readOnly }}
          value={textOf(step.milestone)}
          options={words.milestones(entity)}
          onChange={(next) => set([...path, 'milestone'], next)}
        />
      )}
    </Row>
  )
}

interface RowPartProps extends PartProps {
  /** What a field may point to. */
  readonly names: readonly Named[]
}

/** Whether a number of the report is clicked, and in which row: told by what the report groups by. */
export function RowPart({ step, path, words, names, readOnly, set }: RowPartProps) {
  const { t } = useTranslation()
  const at: Path = [...path, 'click']
  const isClicked = step.click !== undefined
  const groups = words.groups(textOf(step.report))
  return (
    <>
      <Row label={t('scenarios.click')}>
        {(id) => (
          <Select<'no' | 'yes'>
            id={id}
            className="wide"
            disabled={readOnly}
            value={isClicked ? 'yes' : 'no'}
            options={(['no', 'yes'] as const).map((value) => ({
              value,
              label: t(`scenarios.click.${value}`),
            }))}
            onChange={(next) =>
              set(at, next === 'no' ? undefined : isObject(step.click) ? step.click : {}, true)
            }
            {...ARROW}
          />
        )}
      </Row>
      {isClicked && (groups.length > 0 || Object.keys(isObject(step.click) ? step.click : {}).length > 0) ? (
        <ValueRows
          title={t('scenarios.click.row')}
          path={at}
          values={step.click}
          fields={groups}
          {...{ names, readOnly, set }}
        />
      ) : null}
    </>
  )
}
