import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { today } from '../../runtime-ui/kit/zoned.ts'
import type { Condition } from '../../runtime-ui/screens/list/filter-rule.ts'
import { conditionText } from '../../runtime-ui/screens/list/filter-text.ts'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { EntryButton, useBefore } from '../canvas/EntrySlot.tsx'
import { PartActs } from '../canvas/PartActs.tsx'
import { Picture, type Side } from '../canvas/Picture.tsx'
import { useEntries } from '../canvas/use-entries.ts'
import { useSaid } from '../canvas/use-said.ts'
import { Inspector, type InspectorProps } from '../inspector/Inspector.tsx'
import { problemsOf } from '../inspector/inspected.ts'
import { isObject, type Path } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { useLiveEntity } from '../views/use-live-entity.ts'
import { OrderedDrag } from './OrderedDrag.tsx'
import { cellsOf, columnsOf, type DraftRule, rulesOf, shadowOf } from './rule-table.ts'
import { Trial } from './Trial.tsx'
import '../canvas/canvas.css'
import './process.css'

/** What the picture shows itself: the inspector beside it has the rest. */
const IN_PICTURE: ReadonlySet<string> = new Set(['rules'])

/** What the columns of the table say of a rule. */
const OF_RULE: ReadonlySet<string> = new Set(['label', 'when', 'to', 'by'])

/** An assignment as a table: what a record must be, column by column, then who gets it; the first row that fits decides. */
export function AssignmentCanvas(props: CanvasProps) {
  const { kind, name, definition, inForce, readOnly, set, ways } = props
  const { t, i18n } = useTranslation()
  const { problems } = useStore()
  const rules = rulesOf(definition)
  const entries = useEntries({
    ...{ list: rules, at: ['rules'], readOnly, set, stem: 'rule' },
    fresh: (fresh) => ({
      name: fresh,
      // Said in words until somebody says it better: else people would read its name.
      label: { [i18n.language]: t('process.ruleNumber', { number: rules.length + 1 }) },
      to: { field: 'owner' },
    }),
  })
  const { selected } = entries
  const here = problemsOf(problems, kind, name)
  const columns = columnsOf(rules)
  const words = useRuleWords(String(definition.entity ?? ''), rules, columns)
  const inspector = (at: Path, shown: Pick<InspectorProps, 'without' | 'always'>) => (
    <Inspector {...{ kind, name, definition, inForce, readOnly, set, at }} key={at.join('/')} {...shown} />
  )
  const side: Side =
    selected === undefined
      ? { title: t('process.wholeTable'), beside: name, content: inspector([], { without: IN_PICTURE }) }
      : {
          title: words.label(rules[selected]!),
          beside: rules[selected]!.name,
          onClose: () => entries.select(undefined),
          acts: readOnly ? undefined : (
            <PartActs {...entries.actsOn(selected)} removeWord={t('designer.remove')} />
          ),
          content: inspector(['rules', String(selected)], { always: OF_RULE }),
        }
  const table = (
    <div className="process-scroll">
      <OrderedDrag onDrop={entries.drop}>
        <table className="rule-table">
          <caption className="visually-hidden">{t('process.table')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('process.rule')}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {words.field(column)}
                </th>
              ))}
              <th scope="col">{t(columns.length === 0 ? 'process.if' : 'process.when')}</th>
              <th scope="col">{t('process.to')}</th>
              <th scope="col">{t('process.how')}</th>
            </tr>
          </thead>
          <tbody>
            {rules.map((rule, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place in the list until it is moved.
              <RuleRow key={at} at={at}>
                <td>
                  <EntryButton
                    {...{ at, readOnly }}
                    count={rules.length}
                    label={words.label(rule)}
                    className="picture-entry picture-row rule-name"
                    isOn={selected === at}
                    isFaulty={here.some(({ path }) => `${path}/`.startsWith(`/rules/${at}/`))}
                    keys={['ArrowUp', 'ArrowDown']}
                    onSelect={() => entries.select(at)}
                    onMove={(to) => entries.move(at, to)}
                    onRemove={() => entries.remove(at)}
                  >
                    <Icon name="grip" size="small" />
                    <span className="num ink-3">{at + 1}</span>
                    <span className="rule-label">{words.label(rule)}</span>
                  </EntryButton>
                </td>
                {words.cells(rule).map((cell, column) => (
                  <td key={columns[column]} data-head={words.field(columns[column]!)}>
                    {cell === '' ? <span className="ink-3">–</span> : cell}
                  </td>
                ))}
                <td data-head={t(columns.length === 0 ? 'process.if' : 'process.when')}>
                  {words.rest(rule)}
                  <Shadow of={shadowOf(rules, at)} />
                </td>
                <td data-head={t('process.to')}>{words.people(rule)}</td>
                <td className="ink-2" data-head={t('process.how')}>
                  {words.how(rule)}
                </td>
              </RuleRow>
            ))}
            <RuleRow at={rules.length}>
              <th scope="row" className="rule-otherwise">
                {t('process.otherwise')}
              </th>
              <td colSpan={columns.length + 1} />
              <td data-head={t('process.to')}>{words.otherwise(definition.otherwise)}</td>
              <td />
            </RuleRow>
          </tbody>
        </table>
      </OrderedDrag>
      {readOnly ? null : (
        <Button icon={<Icon name="plus" />} onClick={() => entries.add(rules.length - 1)}>
          {t('process.addRule')}
        </Button>
      )}
      <Trial {...{ kind, name }} />
    </div>
  )
  return (
    <Picture {...{ ways, side }} outline={table}>
      {table}
    </Picture>
  )
}

/** Says of a rule that another one before it takes every record. */
function Shadow({ of }: { readonly of: number | undefined }) {
  const { t } = useTranslation()
  if (of === undefined) return null
  return <p className="t12 rule-shadow">{t('process.shadowed', { number: of + 1 })}</p>
}

function RuleRow({ at, children }: { readonly at: number; readonly children: React.ReactNode }) {
  const { setNodeRef, isOver, active } = useBefore(at)
  return (
    <tr ref={setNodeRef} className={isOver && active !== null ? 'over' : ''} data-rule={at}>
      {children}
    </tr>
  )
}

/** What the rules of a table say, cell by cell. */
function useRuleWords(entityName: string, rules: readonly DraftRule[], columns: readonly string[]) {
  const { t, i18n } = useTranslation()
  const { model } = useWork()
  const { drawn: entity } = useLiveEntity(entityName)
  const cells = rules.map((rule) => cellsOf(rule, columns))
  const said = useSaid(
    entityName,
    cells.map(({ rest }) => rest),
  )
  const { language, between } = said
  const condition = (one: Condition): string => {
    if (entity === undefined) return String(one.value)
    const context = {
      t,
      language,
      today: today(model.timeZone),
      names: new Map<string, string>(),
      entities: model.entities,
    }
    const { operator, value } = conditionText(entity, one, context)
    return one.operator === '==' ? value : `${operator} ${value}`.trim()
  }
  const people = (to: unknown): string => {
    if (isObject(to) && typeof to.table === 'string')
      return t('process.byTable', { table: said.called('entity', to.table) })
    return said.people(to)
  }
  return {
    label: (rule: DraftRule) => textIn(rule.label as Parameters<typeof textIn>[0], i18n.language, rule.name),
    field: (name: string) => said.fieldCalled(entityName, name),
    cells: (rule: DraftRule): readonly string[] =>
      cells[rules.indexOf(rule)]!.cells.map((cell) => cell.map(condition).join(between)),
    rest: (rule: DraftRule): string => {
      const { rest } = cells[rules.indexOf(rule)]!
      if (rest !== undefined) return said.rule(rest)
      return rule.when === undefined ? t('process.always') : ''
    },
    people: (rule: DraftRule): string => people(rule.to),
    otherwise: (to: unknown): string => (to === undefined ? t('process.nobody') : people(to)),
    how: (rule: DraftRule): string => t(`process.by.${BYS.has(String(rule.by)) ? rule.by : 'round_robin'}`),
  }
}

const BYS: ReadonlySet<string> = new Set(['round_robin', 'least_open', 'weighted'])
