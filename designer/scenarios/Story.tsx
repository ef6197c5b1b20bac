import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { Fault, PlanScenario, StoryLine } from '../api.ts'
import { EntryButton, useBefore } from '../canvas/EntrySlot.tsx'
import type { useEntries } from '../canvas/use-entries.ts'
import type { Json } from '../store/json-value.ts'
import { givenIn, PERSON } from './scenario-draft.ts'
import type { ScenarioWords } from './use-scenario.ts'

interface GivenListProps {
  readonly definition: Json
  readonly words: ScenarioWords
  readonly problems: readonly Fault[]
  readonly selected: string | undefined
  readonly told: PlanScenario | undefined
  readonly onSelect: (name: string) => void
}

/** Who and what is there at the beginning. */
export function GivenList({ definition, words, problems, selected, told, onSelect }: GivenListProps) {
  const { t } = useTranslation()
  const all = givenIn(definition)
  if (all.length === 0) return <p className="t13 ink-3 scenario-none">{t('scenarios.noneGiven')}</p>
  return (
    <ul className="scenario-lines">
      {all.map((one) => {
        const path = `/given/${one.name}`
        const isFaulty = problems.some((problem) => `${problem.path}/`.startsWith(`${path}/`))
        return (
          <li key={one.name}>
            <button
              type="button"
              className={classOf('picture-entry picture-row scenario-line', one.name === selected, isFaulty)}
              aria-pressed={one.name === selected}
              onClick={() => onSelect(one.name)}
            >
              <Icon name={one.entity === PERSON ? 'user' : 'document'} />
              <span className="grow">
                <span className="strong">{one.name}</span>{' '}
                <span className="ink-2">{words.entityLabel(one.entity)}</span>
                <Said text={words.given(one)} />
                {one.entity === PERSON && isPowerless(one.values) ? (
                  <span className="t13 scenario-powerless">{t('scenarios.noRole')}</span>
                ) : null}
                <Outcome line={lineOf(told, path)} />
              </span>
              <Mark line={lineOf(told, path)} />
            </button>
          </li>
        )
      })}
    </ul>
  )
}

/** Whoever has no role is refused everything, as if nothing were there: it is better said than found out. */
const isPowerless = ({ roles }: Readonly<Record<string, unknown>>): boolean =>
  !Array.isArray(roles) || roles.length === 0

interface StepListProps {
  readonly words: ScenarioWords
  readonly readOnly: boolean
  readonly problems: readonly Fault[]
  readonly told: PlanScenario | undefined
  readonly entries: ReturnType<typeof useEntries>
  readonly count: number
  readonly onSelect: (at: number) => void
}

/** What happens, in order; each step with what must come of it. */
export function StepList({ words, readOnly, problems, told, entries, count, onSelect }: StepListProps) {
  const { t } = useTranslation()
  return (
    <ol className="scenario-lines">
      {Array.from({ length: count }, (_, at) => {
        const step = words.step(at)
        const line = lineOf(told, `/steps/${at}`)
        const text = step?.happens ?? words.unfinished
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the list until it is moved.
          <StepSlot key={at} at={at}>
            <EntryButton
              {...{ at, count, readOnly }}
              label={[t('scenarios.step', { number: at + 1 }), text, step?.expected]
                .filter(Boolean)
                .join(': ')}
              className="picture-entry picture-row scenario-line"
              isOn={entries.selected === at}
              isFaulty={problems.some(({ path }) => `${path}/`.startsWith(`/steps/${at}/`))}
              keys={['ArrowUp', 'ArrowDown']}
              onSelect={() => onSelect(at)}
              onMove={(to) => entries.move(at, to)}
              onRemove={() => entries.remove(at)}
            >
              <span className="num ink-3 scenario-number">{at + 1}</span>
              <span className="grow">
                <span className={step === undefined ? 'ink-3' : undefined}>{text}</span>
                {step?.expected === undefined ? null : (
                  <span className="row t13 scenario-expected">
                    <Icon name="arrow_right" size="small" />
                    <span>{step.expected}</span>
                  </span>
                )}
                <Outcome line={line} />
              </span>
              <Mark line={line} />
            </EntryButton>
          </StepSlot>
        )
      })}
      <StepSlot at={count}>
        {count === 0 ? <p className="t13 ink-3">{t('scenarios.noSteps')}</p> : null}
      </StepSlot>
    </ol>
  )
}

function StepSlot({ at, children }: { readonly at: number; readonly children: React.ReactNode }) {
  const { setNodeRef, isOver, active } = useBefore(at)
  return (
    <li ref={setNodeRef} className={isOver && active !== null ? 'over' : undefined} data-step={at}>
      {children}
    </li>
  )
}

function Said({ text }: { readonly text: string }) {
  return text === '' ? null : <span className="t13 ink-2 scenario-said">{text}</span>
}

/** What a run said of a line: green, red, or not reached. */
function Mark({ line }: { readonly line: StoryLine | undefined }) {
  const { t } = useTranslation()
  if (line === undefined) return null
  const { outcome } = line
  return (
    <span className={`scenario-mark ${outcome}`} role="img" aria-label={t(`designer.scenario.${outcome}`)}>
      <Icon name={outcome === 'passed' ? 'check' : outcome === 'failed' ? 'close' : 'clock'} size="small" />
    </span>
  )
}

/** Where a line has failed: what was expected and what was found. */
function Outcome({ line }: { readonly line: StoryLine | undefined }) {
  const { t } = useTranslation()
  if (line?.outcome !== 'failed') return null
  return (
    <>
      {line.expected === undefined ? null : (
        <span className="t13 bad scenario-said">
          {t('designer.scenario.expected')}: {line.expected}
        </span>
      )}
      {line.found === undefined ? null : (
        <span className="t13 bad scenario-said">
          {t('designer.scenario.found')}: {line.found}
        </span>
      )}
    </>
  )
}

/** A failed line is told by the place below it that failed. */
const lineOf = (told: PlanScenario | undefined, path: string): StoryLine | undefined =>
  told?.story.find((line) => `${line.path}/`.startsWith(`${path}/`))

const classOf = (name: string, isOn: boolean, isFaulty: boolean): string =>
  [name, isOn ? 'on' : '', isFaulty ? 'faulty' : ''].filter(Boolean).join(' ')
