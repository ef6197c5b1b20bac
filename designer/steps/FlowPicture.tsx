import { ReactFlowProvider } from '@xyflow/react'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { pathIn, useAtHash } from '../canvas/at-hash.ts'
import { Canvas } from '../canvas/Canvas.tsx'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { Picture, type Side } from '../canvas/Picture.tsx'
import type { WholeRun } from '../flows/api.ts'
import { PastRuns } from '../flows/PastRuns.tsx'
import { Simulation } from '../flows/Simulation.tsx'
import { Inspector } from '../inspector/Inspector.tsx'
import { problemsOf } from '../inspector/inspected.ts'
import { helpOf, type Schema, titleOf, variantsOf } from '../inspector/schema.ts'
import { useReadable } from '../inspector/use-readable.ts'
import { isObject, isSame, type Json, type Path, valueAt } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { flowNodes, NODE_TYPES } from './flow-nodes.ts'
import { Palette } from './Palette.tsx'
import { StepButtons } from './StepButtons.tsx'
import { StepOutline } from './StepOutline.tsx'
import { layoutFlow } from './step-layout.ts'
import { lookOf } from './step-look.ts'
import {
  blocksOf,
  inserted,
  keyOfPath,
  movedStep,
  readSteps,
  type Slot,
  slotBeside,
  stepOfPlace,
  withoutStep,
} from './step-tree.ts'
import { type Action, type Dragged, type StepActs, StepsContext, type StepsPicture } from './steps-context.ts'
import { TriggerForms } from './TriggerForms.tsx'
import { takenOf } from './taken.ts'
import { formOf, strangeTo } from './trigger-forms.ts'
import { useStepWords } from './use-step-words.ts'

/** What the picture shows itself: the inspector beside it has the rest. */
const IN_PICTURE: ReadonlySet<string> = new Set(['trigger', 'steps'])

/** The palette and what is around it. */
const PALETTE_PX = 136

/** A flow: its trigger on top, its steps below one another, what happens instead beside. */
export function FlowPicture(props: CanvasProps & { readonly root: Schema }) {
  const { kind, name, definition, inForce, readOnly, set, ways, root } = props
  const { t, i18n } = useTranslation()
  const { me } = useWork()
  const { problems, flush } = useStore()
  const [selected, setSelected] = useState<Path | 'simulation' | 'runs' | undefined>(
    // Whatever a flow does, it begins with what sets it off.
    formOf(definition.trigger) === undefined && !readOnly ? ['trigger'] : undefined,
  )
  const [dragged, setDragged] = useState<Dragged>()
  /** A run, or a simulation of one, and the flow that it went through. */
  const [shownRun, showRun] = useState<{ readonly run: WholeRun; readonly flow: Json | undefined }>()
  const readable = useReadable()(kind, definition)
  const words = useStepWords(root, readable)
  const blocks = useMemo(() => blocksOf(root), [root])
  const nodes = useMemo(() => readSteps(definition.steps, ['steps'], blocks), [definition.steps, blocks])
  const layout = useMemo(() => layoutFlow(nodes), [nodes])
  const actions = useMemo(() => actionsOf(root, i18n.language), [root, i18n.language])
  // A problem that is pressed elsewhere leads to its step, wherever in it the place lies.
  useAtHash((hash) => {
    const step = stepOfPlace(
      nodes,
      pathIn(hash)
        .map((one) => `/${one}`)
        .join(''),
    )
    if (step !== undefined) setSelected(step.split('/'))
  })
  const here = problemsOf(problems, kind, name)
  const change = (next: Json): void => set(['steps'], next.steps, true)
  const acts: StepActs = {
    select: setSelected,
    insert(slot, action) {
      change(inserted(definition, slot, { do: action }))
      setSelected([...slot.list, String(slot.at)])
    },
    move(from, to) {
      const moved = movedStep(definition, from, to)
      if (moved === undefined) return
      change(moved.definition)
      setSelected(moved.path)
    },
    moveBy(path, by) {
      const slot: Slot | undefined = slotBeside(definition, path, by)
      if (slot !== undefined) acts.move(path, slot)
    },
    remove(path) {
      change(withoutStep(definition, path))
      setSelected(undefined)
    },
  }
  const path = selected === 'simulation' || selected === 'runs' ? undefined : selected
  const at = path === undefined ? undefined : valueAt(definition, path)
  const step = isObject(at) && path?.[0] === 'steps' ? at : undefined
  const isTrigger = path?.[0] === 'trigger'
  const shown = step === undefined ? (isTrigger ? words.trigger() : undefined) : words.step(step)
  const picture: StepsPicture = {
    ...{ readOnly, actions, acts, dragged, setDragged },
    selected: path === undefined || shown === undefined ? undefined : keyOfPath(path),
    selectedWords: step === undefined ? undefined : shown,
    // What is not begun is no fault yet.
    faulty: new Set(
      here
        .flatMap((problem) => stepOfPlace(nodes, problem.path) ?? [])
        .filter((one) => one !== 'trigger' || formOf(definition.trigger) !== undefined),
    ),
    taken: shownRun === undefined ? undefined : takenOf(shownRun.run.journal, shownRun.flow, nodes),
  }
  const inspector = (part: Path, without?: ReadonlySet<string>) => (
    <Inspector
      {...{ kind, name, definition, inForce, set, readOnly }}
      key={part.join('/')}
      at={part}
      {...(without === undefined ? {} : { without })}
    />
  )
  const close = (): void => setSelected(undefined)
  const show = (run: WholeRun | undefined, flow = inForce): void =>
    showRun(run === undefined ? undefined : { run, flow })
  const isDrafted = !isSame(inForce, definition)
  const canSimulate =
    me.administration.includes('flows') && (isDrafted ? me.administration.includes('publish') : true)
  const side = sideOf()
  function sideOf(): Side {
    if (selected === 'simulation') {
      return {
        title: t('runs.simulateTitle'),
        onClose: close,
        content: (
          <>
            {isDrafted ? <p className="t13 ink-2">{t('steps.simulatedDraft')}</p> : null}
            <Simulation
              key={entityOf(readable)}
              name={name}
              entityName={entityOf(readable)}
              draft={isDrafted ? flush : undefined}
              onOutcome={(run) => show(run, definition)}
            />
          </>
        ),
      }
    }
    if (selected === 'runs')
      return {
        title: t('runs.past'),
        onClose: close,
        content: <PastRuns name={name} onChosen={show} />,
      }
    if (path === undefined || shown === undefined)
      return { title: t('steps.whole'), beside: name, content: inspector([], IN_PICTURE) }
    const action = step === undefined ? 'trigger' : String(step.do)
    const look = lookOf(action)
    const own = blocks.get(action) ?? []
    return {
      title: shown.title,
      beside: typeof step?.name === 'string' ? step.name : '',
      icon: (
        <span className={`step-tile ${look.tint}`}>
          <Icon name={look.icon} />
        </span>
      ),
      onClose: close,
      acts:
        step === undefined || readOnly ? undefined : (
          <StepButtons {...{ path, step, acts, set }} definition={definition} blocks={own} />
        ),
      content: isTrigger ? triggerSide() : inspector(path, new Set(own.map(({ key }) => key))),
    }
  }
  function triggerSide(): ReactNode {
    const trigger = isObject(definition.trigger) ? definition.trigger : {}
    const form = formOf(trigger)
    return (
      <>
        <TriggerForms {...{ trigger, readOnly }} onChange={(next) => set(['trigger'], next)} />
        {form === undefined ? null : inspector(['trigger'], strangeTo(form, trigger))}
      </>
    )
  }
  return (
    <StepsContext.Provider value={picture}>
      <Picture
        ways={ways}
        acts={
          canSimulate ? (
            <>
              {inForce === undefined ? null : (
                <Button icon={<Icon name="history" />} onClick={() => setSelected('runs')}>
                  {t('runs.past')}
                </Button>
              )}
              <Button
                icon={<Icon name="branch" />}
                disabled={
                  me.viewer !== undefined || formOf(definition.trigger) === undefined || nodes.length === 0
                }
                onClick={() => setSelected('simulation')}
              >
                {t('runs.simulate')}
              </Button>
            </>
          ) : undefined
        }
        outline={<StepOutline nodes={nodes} trigger={words.trigger()} wordsOf={words.step} />}
        side={side}
      >
        <ReactFlowProvider>
          <Canvas
            nodes={flowNodes(layout, words, readOnly)}
            edges={[]}
            nodeTypes={NODE_TYPES}
            left={readOnly ? 0 : PALETTE_PX}
            nodesDraggable={false}
            nodesConnectable={false}
            onPaneClick={close}
          >
            {readOnly ? null : <Palette />}
          </Canvas>
        </ReactFlowProvider>
      </Picture>
    </StepsContext.Provider>
  )
}

const entityOf = (flow: Json | undefined): string | undefined => {
  const trigger = flow?.trigger
  return isObject(trigger) && typeof trigger.record === 'string' ? trigger.record : undefined
}

function actionsOf(root: Schema, language: string): readonly Action[] {
  const step = root.$defs?.step
  if (step === undefined) return []
  return variantsOf(root, step).map(({ value, schema }) => ({
    name: value,
    title: titleOf(schema, language, value),
    help: helpOf(schema, language),
  }))
}
