import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Menu } from '../../runtime-ui/kit/Menu.tsx'
import type { Json, Path } from '../store/json-value.ts'
import { lookOf } from './step-look.ts'
import { keyOfPath, type Lane, type StepNode } from './step-tree.ts'
import { useStepsPicture } from './steps-context.ts'
import { useLaneWord } from './use-lane-word.ts'
import type { Words } from './use-step-words.ts'

interface StepOutlineProps {
  readonly nodes: readonly StepNode[]
  readonly trigger: Words
  readonly wordsOf: (step: Json) => Words
}

/** The steps one below the other, those within others further in: on a phone instead of the picture. */
export function StepOutline({ nodes, trigger, wordsOf }: StepOutlineProps) {
  return (
    <ol className="outline">
      <Row path={['trigger']} action="trigger" words={trigger} depth={0} />
      <Rows list={['steps']} depth={0} {...{ nodes, wordsOf }} />
    </ol>
  )
}

interface RowsProps {
  readonly nodes: readonly StepNode[]
  readonly list: Path
  readonly depth: number
  readonly wordsOf: (step: Json) => Words
}

function Rows({ nodes, list, depth, wordsOf }: RowsProps) {
  const { t } = useTranslation()
  const { readOnly, actions, acts } = useStepsPicture()
  return (
    <>
      {nodes.map(({ path, step, lanes }) => (
        <li key={keyOfPath(path)} className="outline-step">
          <ol className="outline-inner">
            <Row action={String(step.do)} words={wordsOf(step)} {...{ path, depth }} />
            {lanes.map((lane) => (
              <LaneRows key={keyOfPath(lane.path)} {...{ lane, wordsOf }} depth={depth + 1} />
            ))}
          </ol>
        </li>
      ))}
      {readOnly ? null : (
        <li className="outline-add" style={{ paddingInlineStart: 16 + depth * 20 }}>
          <Menu
            items={actions.map(({ name, title }) => ({
              key: name,
              label: title,
              onClick: () => acts.insert({ list, at: nodes.length }, name),
            }))}
          >
            <Button type="text" size="small" icon={<Icon name="plus" />}>
              {t('steps.add')}
            </Button>
          </Menu>
        </li>
      )}
    </>
  )
}

function LaneRows({ lane, depth, wordsOf }: { readonly lane: Lane } & Pick<RowsProps, 'depth' | 'wordsOf'>) {
  const laneWord = useLaneWord()
  return (
    <>
      <li className="t12 ink-3" style={{ paddingInlineStart: 16 + depth * 20 }}>
        {laneWord(lane)}
      </li>
      <Rows nodes={lane.steps} list={lane.path} {...{ depth, wordsOf }} />
    </>
  )
}

interface RowProps {
  readonly path: Path
  readonly action: string
  readonly words: Words
  readonly depth: number
}

function Row({ path, action, words, depth }: RowProps) {
  const { acts, faulty } = useStepsPicture()
  const look = lookOf(action)
  return (
    <li>
      <button
        type="button"
        className="outline-row"
        style={{ paddingInlineStart: 16 + depth * 20 }}
        onClick={() => acts.select(path)}
      >
        <span className={`step-tile ${look.tint}`}>
          <Icon name={look.icon} />
        </span>
        <span className="step-words grow">
          <span className={faulty.has(keyOfPath(path)) ? 'cut bad' : 'cut'}>{words.title}</span>
          <span className="cut t12 ink-2">{words.text}</span>
        </span>
        <Icon name="chevron_right" size="small" />
      </button>
    </li>
  )
}
