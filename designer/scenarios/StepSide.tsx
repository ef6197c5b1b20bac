import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { ACTS, type Act, OF_NOBODY } from '../../metadata/scenarios/acts.ts'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { Inspector } from '../inspector/Inspector.tsx'
import { isObject, type Json, type Path } from '../store/json-value.ts'
import type { Named } from '../store/use-names.ts'
import { ButtonPart, MilestonePart, RowPart } from './ActDetails.tsx'
import { ARROW, Choose, Row } from './StepRow.tsx'
import { ACT_GROUPS, actOf, FORM_KEYS, objectOf, peopleIn, stepsIn, withAct } from './scenario-draft.ts'
import type { ScenarioWords } from './use-scenario.ts'
import { NamesSelect, ValueRows } from './ValueRows.tsx'

interface StepSideProps extends Omit<CanvasProps, 'ways'> {
  readonly at: number
  readonly words: ScenarioWords
}

/** One step as a sentence that is filled in: who does what, to what, with which values, and what must come of it. */
export function StepSide({ at, words, ...props }: StepSideProps) {
  const { definition, readOnly, set } = props
  const { t } = useTranslation()
  const step = stepsIn(definition)[at] ?? {}
  const act = actOf(step)
  const path: Path = ['steps', String(at)]
  const people = peopleIn(definition).map((name) => ({ value: name, label: name }))
  const names = words.named(at)
  const first = { person: peopleIn(definition)[0], entity: words.entities[0]?.value }
  const put = (key: string, to: unknown): void => set([...path, key], to)
  return (
    <div className="inspector scenario-side">
      {act !== undefined && OF_NOBODY.has(act) ? null : (
        <Row label={t('scenarios.who')}>
          {(id) => (
            <Choose
              {...{ id, readOnly }}
              value={textOf(step.as)}
              options={people}
              onChange={(next) => put('as', next)}
            />
          )}
        </Row>
      )}
      <Row label={t('scenarios.does')}>
        {(id) => (
          <Select<Act>
            id={id}
            className="wide"
            disabled={readOnly}
            showSearch={{ optionFilterProp: 'label' }}
            value={act ?? null}
            options={ACT_GROUPS.map(({ key, acts }) => ({
              label: t(`scenarios.group.${key}`),
              options: acts.map((value) => ({ value, label: t(`scenarios.act.${value}`) })),
            }))}
            onChange={(next) => set(path, withAct(step, next, known(first)))}
            {...ARROW}
          />
        )}
      </Row>
      {act === undefined ? null : <ActParts {...{ act, step, path, words, names, readOnly, set }} />}
      {act === undefined ? null : <Rest {...props} at={path} shown={ACTS[act].besides} />}
      {act === undefined || ACTS[act].expects.length === 0 ? null : (
        <section className="scenario-then" aria-label={t('scenarios.then')}>
          <h3 className="h3">{t('scenarios.then')}</h3>
          <Outcome {...{ step, path, readOnly, set }} />
          {(ACTS[act].expects as readonly string[]).includes('values') && !isRefused(step) ? (
            <ValueRows
              title={t('scenarios.valuesAfter')}
              path={[...path, 'then', 'values']}
              values={isObject(step.then) ? step.then.values : undefined}
              fields={words.fieldChoices(words.entityOf(at))}
              {...{ names, readOnly, set }}
            />
          ) : null}
          <Inspector
            key={[...path, 'then', act].join('/')}
            {...props}
            at={[...path, 'then']}
            without={hiddenThen(act, isRefused(step))}
            always={
              isRefused(step) ? WHEN_REFUSED : new Set(ACTS[act].expects.filter((key) => USUAL.has(key)))
            }
          />
        </section>
      )}
    </div>
  )
}

/** What nearly everybody expects of a step that can be expected of it. */
const USUAL: ReadonlySet<string> = new Set(['visible', 'hidden', 'count', 'owner'])
const WHEN_REFUSED: ReadonlySet<string> = new Set(['problem'])
/** What the form has itself, what cannot be expected of an act, and what does not go with how it ends. */
function hiddenThen(act: Act, refused: boolean): ReadonlySet<string> {
  const expected = ACTS[act].expects as readonly string[]
  const other = refused
    ? ['owner', 'tags', 'absent', 'count', 'rows', 'lane', 'approval']
    : ['problem', 'problems']
  return new Set(['ok', 'values', ...other, ...THEN_KEYS.filter((key) => !expected.includes(key))])
}
const THEN_KEYS = [
  ...[
    'ok',
    'problem',
    'problems',
    'values',
    'absent',
    'owner',
    'tags',
    'exists',
    'lane',
    'visible',
    'hidden',
  ],
  ...['count', 'rows', 'noted', 'approval'],
]

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const known = ({ person, entity }: { person: string | undefined; entity: string | undefined }) => ({
  ...(person === undefined ? {} : { person }),
  ...(entity === undefined ? {} : { entity }),
})

const isRefused = (step: Json): boolean =>
  isObject(step.then) &&
  (step.then.ok === false || step.then.problem !== undefined || step.then.problems !== undefined)

interface PartsProps {
  readonly act: Act
  readonly step: Json
  readonly path: Path
  readonly words: ScenarioWords
  readonly names: readonly (Named & { readonly entity: string })[]
  readonly readOnly: boolean
  readonly set: CanvasProps['set']
}

/** What the act is about, and the values that it gives. */
function ActParts({ act, step, path, words, names, readOnly, set }: PartsProps) {
  const { t } = useTranslation()
  const object = objectOf(act)
  const pick = (options: readonly Named[], label: string) => (
    <Row label={label}>
      {(id) => (
        <Choose
          {...{ id, readOnly }}
          value={textOf(step[act])}
          options={options}
          onChange={(next) => set([...path, act], next)}
        />
      )}
    </Row>
  )
  const values = (title: string, at: Path, of: unknown, entity: string) => (
    <ValueRows
      {...{ title, names, readOnly, set }}
      path={at}
      values={of}
      fields={words.fieldChoices(entity)}
    />
  )
  const records = names.filter(({ entity }) => entity !== 'user')
  switch (object) {
    case 'values': {
      const made = isObject(step[act]) ? step[act] : {}
      const [entity = '', of] = Object.entries(made)[0] ?? []
      return (
        <>
          <Row label={t('scenarios.what')}>
            {(id) => (
              <Choose
                {...{ id, readOnly }}
                value={entity}
                options={words.entities}
                onChange={(next) => set([...path, act], { [next]: isObject(of) ? of : {} }, true)}
              />
            )}
          </Row>
          {values(t('scenarios.values'), [...path, act, entity], of, entity)}
          <Row label={t('scenarios.calledLater')}>
            {(id) => (
              <Input
                id={id}
                className="mono-input"
                disabled={readOnly}
                value={textOf(step.name)}
                onChange={({ target }) =>
                  set([...path, 'name'], target.value === '' ? undefined : target.value)
                }
              />
            )}
          </Row>
        </>
      )
    }
    case 'entity':
      return pick(words.entities, t('scenarios.what'))
    case 'records': {
      const one = Array.isArray(step.update) ? step.update[0] : step.update
      const entity = names.find(({ value }) => value === one)?.entity ?? ''
      return (
        <>
          <Row label={t('scenarios.which')}>
            {() => (
              <NamesSelect
                label={t('scenarios.which')}
                value={
                  Array.isArray(step.update) ? step.update : textOf(step.update) === '' ? [] : [step.update]
                }
                choices={records}
                readOnly={readOnly}
                onChange={(next) => set([...path, 'update'], next?.length === 1 ? next[0] : (next ?? ''))}
              />
            )}
          </Row>
          {values(t('scenarios.values'), [...path, 'set'], step.set, entity)}
        </>
      )
    }
    case 'record': {
      const about = { entity: names.find(({ value }) => value === step[act])?.entity ?? '' }
      return (
        <>
          {pick(records, t('scenarios.which'))}
          {act === 'press' ? <ButtonPart {...{ step, path, words, readOnly, set }} {...about} /> : null}
          {act === 'tick' ? <MilestonePart {...{ step, path, words, readOnly, set }} {...about} /> : null}
        </>
      )
    }
    case 'else':
      return null
    default:
      return (
        <>
          {pick(words.of(object), t(`scenarios.which.${object}`))}
          {object === 'report' ? <RowPart {...{ step, path, words, names, readOnly, set }} /> : null}
          {object === 'webform'
            ? values(
                t('scenarios.values'),
                [...path, 'set'],
                step.set,
                words.makers.webform.get(textOf(step.webform))?.entity ?? '',
              )
            : null}
        </>
      )
  }
}

interface RestProps extends Omit<CanvasProps, 'ways'> {
  readonly at: Path
  readonly shown: readonly string[]
}

const STEP_KEYS = [
  ...[
    'as',
    'create',
    'name',
    'upsert',
    'by',
    'duplicates',
    'webform',
    'event',
    'data',
    'files',
    'update',
    'set',
    'add',
  ],
  ...[
    'delete',
    'restore',
    'convert',
    'made',
    'merge',
    'with',
    'press',
    'flow',
    'submit',
    'approve',
    'reject',
    'return',
  ],
  ...[
    'withdraw',
    'comment',
    'tick',
    'milestone',
    'done',
    'import',
    'read',
    'list',
    'report',
    'click',
    'dashboard',
  ],
  ...['period', 'summarise', 'export', 'filter', 'search', 'group', 'measures', 'wait', 'then'],
]
/** Acts that their property says by itself. */
const BY_PROPERTY: ReadonlySet<string> = new Set(['wait', 'event', 'import'])
/** What an act needs besides. */
const NEEDED: ReadonlySet<string> = new Set(['with', 'by', 'wait', 'event', 'import', 'filter'])

/** What else an act may say. */
function Rest({ at, shown, definition, ...props }: RestProps) {
  const step = stepsIn(definition)[Number(at[1])] ?? {}
  const act = actOf(step)
  const keys = new Set<string>([...shown, ...(act !== undefined && BY_PROPERTY.has(act) ? [act] : [])])
  const without = new Set(
    STEP_KEYS.filter((key) => !keys.has(key) || (FORM_KEYS.has(key) && !BY_PROPERTY.has(key))),
  )
  const always = new Set([...keys].filter((key) => NEEDED.has(key)))
  return <Inspector key={`${at.join('/')} ${act}`} {...{ ...props, definition, at, without, always }} />
}

/** Whether it must be done, or be refused, whatever the reason. */
function Outcome({ step, path, readOnly, set }: Pick<PartsProps, 'step' | 'path' | 'readOnly' | 'set'>) {
  const { t } = useTranslation()
  const then = isObject(step.then) ? step.then : {}
  const change = (next: 'done' | 'refused'): void => {
    const { ok: _ok, problem: _problem, problems: _problems, values, owner, tags, ...rest } = then
    // What is refused leaves nothing of which values could be expected.
    const kept = next === 'refused' ? { ...rest, ok: false } : { ...rest, ...given({ values, owner, tags }) }
    set([...path, 'then'], Object.keys(kept).length === 0 ? undefined : kept, true)
  }
  return (
    <Row label={t('scenarios.outcome')}>
      {(id) => (
        <Select<'done' | 'refused'>
          id={id}
          className="wide"
          disabled={readOnly}
          value={isRefused(step) ? 'refused' : 'done'}
          options={(['done', 'refused'] as const).map((value) => ({
            value,
            label: t(`scenarios.outcome.${value}`),
          }))}
          onChange={change}
          {...ARROW}
        />
      )}
    </Row>
  )
}

const given = (values: Json): Json =>
  Object.fromEntries(Object.entries(values).filter(([, one]) => one !== undefined))
