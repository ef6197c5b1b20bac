import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote } from '../../runtime-ui/kit/FaultNote.tsx'
import { formatNumber } from '../../runtime-ui/kit/format.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { filledLabels, LabelFields, NameField } from '../CalledFields.tsx'
import { definitionAddress } from '../places.ts'
import type { Json } from '../store/json-value.ts'
import { useStore, useTakeAll, type Wanted } from '../store/store.tsx'
import { ColumnRow } from './ColumnRow.tsx'
import { beginMaking, type Column, definitionsOf, faultsOf, type Proposal, withTitle } from './proposal.ts'
import { SheetRows } from './SheetRows.tsx'

interface MakingFormProps {
  readonly proposal: Proposal
  readonly onAnother: () => void
}

/** What is made of a file: what it is called, its fields, where it stands, and its rows to look at. */
export function MakingForm({ proposal, onAnother }: MakingFormProps) {
  const { t, i18n } = useTranslation()
  const language = useLanguage()
  const navigate = useNavigate()
  const { index, fates } = useStore()
  const takeAll = useTakeAll()
  const [making, setMaking] = useState(() => beginMaking(proposal))
  const apps = useOffered('app')
  const roles = useOffered('role')
  const [app, setApp] = useState<string | undefined>(apps[0]?.value)
  const [people, setPeople] = useState<readonly string[]>([])
  const [isTried, setIsTried] = useState(false)
  const [isMaking, setIsMaking] = useState(false)
  const isTaken = (name: string): boolean => index.has(`entity/${name}`) || fates.has(`entity/${name}`)
  const faults = faultsOf(making, isTaken)
  const own = faults.find(({ at }) => at === undefined)
  const change = (at: number, column: Column): void =>
    setMaking({ ...making, columns: making.columns.with(at, column) })
  const make = async (): Promise<void> => {
    setIsTried(true)
    if (faults.length > 0) return
    setIsMaking(true)
    const made = definitionsOf({ ...making, label: filledLabels(making.label) })
    const wanted = made.map((definition): Wanted => {
      const { kind, name } = definition
      return { of: { kind, name }, change: () => ({ kind: 'create', definition }) }
    })
    const view = made.find(({ kind }) => kind === 'view')!.name
    if (app !== undefined) {
      wanted.push({
        of: { kind: 'app', name: app },
        change: (now) => ({
          ...{ kind: 'set', path: ['nav'] },
          to: [...listOf(now?.nav), { entity: making.name, view }],
        }),
      })
    }
    for (const name of people) {
      wanted.push({
        of: { kind: 'role', name },
        change: () => ({ kind: 'set', path: ['entities', making.name], to: RIGHTS }),
      })
    }
    if (!(await takeAll(wanted))) return setIsMaking(false)
    toast({ text: t('fromFile.made', { name: textIn(making.label, i18n.language, making.name) }) })
    void navigate(definitionAddress('entity', making.name))
  }
  return (
    <>
      <div className="row import-file">
        <Icon name="table" />
        <span className="strong cut">{proposal.file}</span>
        <span className="t13 ink-2">
          {t('import.rows', { count: proposal.rows, number: formatNumber(proposal.rows, language) })}
        </span>
        <Button onClick={onAnother}>{t('import.another')}</Button>
      </div>
      {isTried && own !== undefined ? (
        <FaultNote id="from-file-own" fault={t(`fromFile.fault.${own.fault}`, { name: making.name })} />
      ) : null}
      <section className="from-file-called">
        <LabelFields id="made" labels={making.label} onLabels={(label) => setMaking({ ...making, label })} />
        <NameField
          id="made"
          name={making.name}
          help={t('designer.nameHelp')}
          onName={(name) => setMaking({ ...making, name })}
        />
      </section>
      <section aria-labelledby="from-file-fields">
        <h2 className="h3 import-title" id="from-file-fields">
          {t('fromFile.fields', { count: making.columns.filter((one) => one.isTaken).length })}
        </h2>
        <p className="t13 ink-2 from-file-help">{t('fromFile.fieldsHelp')}</p>
        {proposal.looked < proposal.rows ? (
          <p className="t13 ink-2 from-file-help">{t('fromFile.looked', { count: proposal.looked })}</p>
        ) : null}
        <ul className="from-file-columns">
          {making.columns.map((column, at) => (
            <ColumnRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file.
              key={at}
              column={column}
              place={at}
              isTitle={making.title === at}
              samples={proposal.preview.map((cells) => cells[at] ?? '')}
              looked={proposal.looked}
              fault={isTried ? faults.find((one) => one.at === at)?.fault : undefined}
              onChange={(next) => change(at, next)}
              onTitle={() => setMaking(withTitle(making, at, proposal.looked))}
            />
          ))}
        </ul>
      </section>
      <SheetRows columns={making.columns} rows={proposal.preview} />
      <section className="from-file-places">
        <div className="field">
          <label htmlFor="from-file-app">{t('fromFile.app')}</label>
          <Select
            id="from-file-app"
            className="wide"
            value={app ?? ''}
            options={[...apps, { value: '', label: t('fromFile.noApp') }]}
            suffixIcon={<Icon name="chevron_down" />}
            onChange={(next: string) => setApp(next === '' ? undefined : next)}
          />
        </div>
        <div className="field">
          <label htmlFor="from-file-people">{t('fromFile.people')}</label>
          <Select
            id="from-file-people"
            className="wide"
            mode="multiple"
            value={[...people]}
            options={roles}
            showSearch={{ optionFilterProp: 'label' }}
            suffixIcon={<Icon name="chevron_down" />}
            onChange={(next: string[]) => setPeople(next)}
          />
          <p className="t12 ink-3">{t('fromFile.peopleHelp')}</p>
        </div>
      </section>
      <div className="row from-file-foot">
        <Button type="primary" loading={isMaking} onClick={() => void make()}>
          {t('fromFile.make')}
        </Button>
        <span className="t13 ink-2">{t('fromFile.makeHelp')}</span>
      </div>
    </>
  )
}

/** What the people who work with it may do to begin with; the roles say more. */
const RIGHTS: Json = { read: 'all', create: true, update: 'all', import: true }

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Definitions of a kind that are in force and may be changed. */
function useOffered(kind: string) {
  const { i18n } = useTranslation()
  const { index, fates, mayEdit } = useStore()
  if (!mayEdit(kind)) return []
  return [...index.values()]
    .filter((item) => item.kind === kind && fates.get(`${kind}/${item.name}`) !== 'removed')
    .map((item) => ({
      value: item.name,
      label: textIn(item.label, i18n.language, item.name),
    }))
}
