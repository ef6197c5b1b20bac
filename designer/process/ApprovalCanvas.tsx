import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useIsPhone } from '../../runtime-ui/kit/use-media.ts'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { EntryButton, useBefore } from '../canvas/EntrySlot.tsx'
import { PartActs } from '../canvas/PartActs.tsx'
import { Picture, type Side } from '../canvas/Picture.tsx'
import { useEntries } from '../canvas/use-entries.ts'
import { useSaid } from '../canvas/use-said.ts'
import { Inspector } from '../inspector/Inspector.tsx'
import { problemsOf } from '../inspector/inspected.ts'
import { Warnings } from '../review/Warnings.tsx'
import { isObject, type Json, type Path } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { OrderedDrag } from './OrderedDrag.tsx'
import '../canvas/canvas.css'
import './process.css'

const IN_PICTURE: ReadonlySet<string> = new Set(['levels'])
const ALWAYS: ReadonlySet<string> = new Set(['label', 'by', 'decide', 'when', 'limit'])

interface DraftLevel extends Json {
  readonly name: string
}

/** The levels of an approval in a row: who decides, how many of them, when a level counts, what comes of waiting. */
export function ApprovalCanvas(props: CanvasProps) {
  const { kind, name, definition, inForce, readOnly, set, ways } = props
  const { t, i18n } = useTranslation()
  const isPhone = useIsPhone()
  const { problems, warnings } = useStore()
  const levels = levelsOf(definition)
  const entries = useEntries({
    ...{ list: levels, at: ['levels'], readOnly, set, stem: 'level' },
    fresh: (fresh) => ({
      name: fresh,
      // Said in words until somebody says it better: else people would read its name.
      label: { [i18n.language]: t('process.levelNumber', { number: levels.length + 1 }) },
      by: { leaderOf: 'owner' },
    }),
  })
  const { selected } = entries
  const here = problemsOf(problems, kind, name)
  const said = useSaid(definition.entity, [definition.when, ...levels.map(({ when }) => when)])
  const labelOf = (level: DraftLevel): string =>
    textIn(level.label as Parameters<typeof textIn>[0], i18n.language, level.name)
  const inspector = (at: Path, more: object) => (
    <Inspector {...{ kind, name, definition, inForce, readOnly, set, at }} key={at.join('/')} {...more} />
  )
  const side: Side =
    selected === undefined
      ? {
          title: t('process.wholeApproval'),
          beside: name,
          content: inspector([], { without: IN_PICTURE }),
        }
      : {
          title: labelOf(levels[selected]!),
          beside: levels[selected]!.name,
          onClose: () => entries.select(undefined),
          acts: readOnly ? undefined : (
            <PartActs {...entries.actsOn(selected)} removeWord={t('designer.remove')}>
              <Button size="small" icon={<Icon name="plus" />} onClick={() => entries.add(selected)}>
                {t('layouts.addAfter')}
              </Button>
            </PartActs>
          ),
          content: inspector(['levels', String(selected)], { always: ALWAYS }),
        }
  const limitOf = ({ limit }: DraftLevel): string | undefined => {
    if (!isObject(limit)) return undefined
    const then = LATE.has(String(limit.then)) ? String(limit.then) : 'remind'
    return t(`process.late.${then}`, { long: said.duration(limit.after) })
  }
  const lane = (
    <div className="process-scroll">
      <Warnings warnings={problemsOf(warnings, kind, name)} onPlace={undefined} />
      <div className="lane-begin">
        <Icon name="flag" />
        <span>
          {definition.when === undefined ? t('process.everySubmitted') : said.rule(definition.when)}
        </span>
      </div>
      <OrderedDrag onDrop={entries.drop}>
        <ol className="level-lane" aria-label={t('process.levels')}>
          {levels.map((level, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place in the list until it is moved.
            <LevelSlot key={at} at={at}>
              <EntryButton
                {...{ at, readOnly }}
                count={levels.length}
                label={labelOf(level)}
                className="picture-entry level-card"
                isOn={selected === at}
                isFaulty={here.some(({ path }) => `${path}/`.startsWith(`/levels/${at}/`))}
                keys={isPhone ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight']}
                onSelect={() => entries.select(at)}
                onMove={(to) => entries.move(at, to)}
                onRemove={() => {
                  if (levels.length > 1) entries.remove(at)
                }}
              >
                <span className="row level-head">
                  <span className="level-number num">{at + 1}</span>
                  <span className="strong cut">{labelOf(level)}</span>
                </span>
                <LevelLine icon="user" text={said.people(level.by) || t('process.nobodyYet')} />
                <LevelLine
                  icon="check"
                  text={t(`process.decide.${DECIDES.has(String(level.decide)) ? level.decide : 'any'}`)}
                />
                {level.when === undefined ? null : (
                  <LevelLine icon="branch" text={t('process.onlyWhen', { rule: said.rule(level.when) })} />
                )}
                {limitOf(level) === undefined ? null : <LevelLine icon="clock" text={limitOf(level)!} />}
              </EntryButton>
            </LevelSlot>
          ))}
          <LevelSlot at={levels.length}>
            {readOnly ? (
              <span />
            ) : (
              <button type="button" className="level-add" onClick={() => entries.add(levels.length - 1)}>
                <Icon name="plus" />
                {t('process.addLevel')}
              </button>
            )}
          </LevelSlot>
        </ol>
      </OrderedDrag>
    </div>
  )
  return (
    <Picture {...{ ways, side }} outline={lane}>
      {lane}
    </Picture>
  )
}

interface LevelLineProps {
  readonly icon: 'user' | 'check' | 'branch' | 'clock'
  readonly text: string
}

function LevelLine({ icon, text }: LevelLineProps) {
  return (
    <span className="row level-line t13 ink-2">
      <Icon name={icon} size="small" />
      <span>{text}</span>
    </span>
  )
}

function LevelSlot({ at, children }: { readonly at: number; readonly children: React.ReactNode }) {
  const { setNodeRef, isOver, active } = useBefore(at)
  return (
    <li
      ref={setNodeRef}
      className={isOver && active !== null ? 'level-slot over' : 'level-slot'}
      data-level={at}
    >
      {children}
    </li>
  )
}

function levelsOf(definition: Json): readonly DraftLevel[] {
  const list = Array.isArray(definition.levels) ? definition.levels : []
  return list.map((one) => {
    const level = isObject(one) ? one : {}
    return { ...level, name: typeof level.name === 'string' ? level.name : '' }
  })
}

const DECIDES: ReadonlySet<string> = new Set(['any', 'all', 'in_order'])
const LATE: ReadonlySet<string> = new Set(['remind', 'next', 'return'])
