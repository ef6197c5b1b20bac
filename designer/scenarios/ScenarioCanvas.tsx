import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Menu } from '../../runtime-ui/kit/Menu.tsx'
import type { PlanScenario } from '../api.ts'
import { pathIn, useAtHash } from '../canvas/at-hash.ts'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { PartActs, RemoveButton } from '../canvas/PartActs.tsx'
import { Picture, type Side } from '../canvas/Picture.tsx'
import { useEntries } from '../canvas/use-entries.ts'
import { Inspector } from '../inspector/Inspector.tsx'
import { problemsOf } from '../inspector/inspected.ts'
import { OrderedDrag } from '../process/OrderedDrag.tsx'
import { isObject, isSame, type Json } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { runScenario } from './api.ts'
import { GivenSide } from './GivenSide.tsx'
import { renamedGiven } from './renamed.ts'
import { StepSide } from './StepSide.tsx'
import { GivenList, StepList } from './Story.tsx'
import { ACT_GROUPS, freshGiven, givenIn, PERSON, peopleIn, stepsIn, withAct } from './scenario-draft.ts'
import { useScenario } from './use-scenario.ts'
import '../canvas/canvas.css'
import '../process/process.css'
import './scenarios.css'

/** What the story shows itself: the inspector beside it has the rest. */
const IN_PICTURE: ReadonlySet<string> = new Set(['given', 'steps'])

/** A scenario as the story that it tells: what is given, then step by step who does what and what must come of it. */
export function ScenarioCanvas(props: CanvasProps) {
  const { kind, name, definition, inForce, readOnly, set, ways } = props
  const { t } = useTranslation()
  const { problems } = useStore()
  const words = useScenario(definition)
  const [person, setPerson] = useState<string>()
  const steps = stepsIn(definition)
  const entries = useEntries({
    ...{ list: steps as readonly (Json & { name: string })[], at: ['steps'], readOnly, set, stem: 'step' },
    fresh: () => ({}),
  })
  const trial = useTrial(name, definition)
  const here = problemsOf(problems, kind, name)
  useAtHash((hash) => {
    const [first, second] = pathIn(hash)
    if (first === 'given' && second !== undefined) setPerson(second)
  })
  const select = (at: number | undefined): void => {
    setPerson(undefined)
    entries.select(at)
  }
  const selectGiven = (given: string | undefined): void => {
    entries.select(undefined)
    setPerson(given)
  }
  const give = (stem: string, entity: string): void => {
    const fresh = freshGiven(definition, stem)
    const values = entity === PERSON ? { roles: [] } : {}
    set(
      ['given'],
      { ...(isObject(definition.given) ? definition.given : {}), [fresh]: { [entity]: values } },
      true,
    )
    selectGiven(fresh)
  }
  const addStep = (act: (typeof ACT_GROUPS)[number]['acts'][number]): void => {
    const [first, entity] = [peopleIn(definition)[0], words.entities[0]?.value]
    const begun = withAct({}, act, {
      ...(first === undefined ? {} : { person: first }),
      ...(entity === undefined ? {} : { entity }),
    })
    set(['steps'], [...steps, begun], true)
    select(steps.length)
  }
  const { selected } = entries
  const inspector = <Inspector {...{ kind, name, definition, inForce, readOnly, set }} without={IN_PICTURE} />
  const side: Side =
    person !== undefined && givenIn(definition).some((given) => given.name === person)
      ? {
          title: person,
          beside: t('scenarios.given'),
          onClose: () => selectGiven(undefined),
          acts: readOnly ? undefined : (
            <RemoveButton
              onRemove={() => {
                set(['given', person], undefined, true)
                selectGiven(undefined)
              }}
            />
          ),
          content: (
            <GivenSide
              key={person}
              {...{ definition, readOnly, set, words }}
              name={person}
              onRename={(to) => {
                if (to === person) return
                set([], renamedGiven(definition, person, to, words.pointsTo), true)
                setPerson(to)
              }}
            />
          ),
        }
      : selected === undefined
        ? { title: t('scenarios.whole'), beside: name, content: inspector }
        : {
            title: t('scenarios.step', { number: selected + 1 }),
            onClose: () => select(undefined),
            acts: readOnly ? undefined : (
              <PartActs {...entries.actsOn(selected)} removeWord={t('designer.remove')} />
            ),
            content: (
              <StepSide
                key={selected}
                {...{ kind, name, definition, inForce, readOnly, set, words }}
                at={selected}
              />
            ),
          }
  const story = (
    <div className="process-scroll scenario-scroll">
      <div className="scenario-sheet">
        <section aria-label={t('scenarios.given')}>
          <header className="row scenario-head">
            <h2 className="h3">{t('scenarios.given')}</h2>
            {readOnly ? null : (
              <span className="row end">
                <Button
                  size="small"
                  type="text"
                  icon={<Icon name="user" />}
                  onClick={() => give('person', PERSON)}
                >
                  {t('scenarios.addPerson')}
                </Button>
                <Button
                  size="small"
                  type="text"
                  icon={<Icon name="plus" />}
                  onClick={() => give('record', words.entities[0]?.value ?? '')}
                >
                  {t('scenarios.addRecord')}
                </Button>
              </span>
            )}
          </header>
          <GivenList
            {...{ definition, words, problems: here }}
            selected={person}
            told={trial.told}
            onSelect={selectGiven}
          />
        </section>
        <section aria-label={t('scenarios.steps')}>
          <header className="row scenario-head">
            <h2 className="h3">{t('scenarios.steps')}</h2>
          </header>
          <OrderedDrag onDrop={entries.drop}>
            <StepList
              {...{ words, readOnly, problems: here, told: trial.told }}
              entries={entries}
              count={steps.length}
              onSelect={select}
            />
          </OrderedDrag>
          {readOnly ? null : (
            <Menu
              className="scenario-acts"
              items={ACT_GROUPS.map(({ key, acts }) => ({
                type: 'group' as const,
                key,
                label: t(`scenarios.group.${key}`),
                children: acts.map((act) => ({
                  key: act,
                  label: t(`scenarios.act.${act}`),
                  onClick: () => addStep(act),
                })),
              }))}
            >
              <Button icon={<Icon name="plus" />}>{t('scenarios.addStep')}</Button>
            </Menu>
          )}
        </section>
      </div>
    </div>
  )
  return (
    <Picture {...{ ways, side }} acts={<RunActs trial={trial} />} outline={story}>
      {story}
    </Picture>
  )
}

/** Runs the scenario as it stands here, in the draft where there is one; what it said holds until something is changed. */
function useTrial(name: string, definition: Json) {
  const { flush } = useStore()
  const run = useMutation({
    mutationFn: async (tried: Json): Promise<{ readonly tried: Json; readonly result: PlanScenario }> => ({
      tried,
      result: await runScenario(name, await flush()),
    }),
  })
  const isStill = run.data !== undefined && isSame(run.data.tried, definition)
  return {
    isRunning: run.isPending,
    error: run.isPending ? null : run.error,
    told: isStill ? run.data.result : undefined,
    begin: () => run.mutate(definition),
  }
}

export type Trial = ReturnType<typeof useTrial>

function RunActs({ trial }: { readonly trial: Trial }) {
  const { t } = useTranslation()
  const { told, error, isRunning, begin } = trial
  return (
    <>
      <span role="status" className="row">
        {error === null ? null : (
          <span className="t13 bad" role="alert">
            {faultOf(error, t)}
          </span>
        )}
        {told === undefined ? null : (
          <span className={`chip ${told.passed ? 'jade' : 'clay'}`}>
            {t(`designer.scenario.${told.passed ? 'passed' : 'failed'}`)}
          </span>
        )}
      </span>
      <Button icon={<Icon name="play" />} aria-busy={isRunning} onClick={begin}>
        {t('scenarios.run')}
      </Button>
    </>
  )
}
