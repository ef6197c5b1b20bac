import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote } from '../../runtime-ui/kit/FaultNote.tsx'
import { formatNumber } from '../../runtime-ui/kit/format.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useLanguage, useWork } from '../../runtime-ui/kit/model-context.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { keepFile } from '../../runtime-ui/screens/import/kept-file.ts'
import { filledLabels, LabelFields, NameField } from '../CalledFields.tsx'
import { beginAddress } from '../places.ts'
import { useStore, useTakeAll } from '../store/store.tsx'
import { ColumnRow } from './ColumnRow.tsx'
import { boardIn, PlacesPart, useFirstPlaces } from './PlacesPart.tsx'
import { placed } from './placed.ts'
import { beginMaking, type Column, faultsOf, fieldsOf, type Proposal, withTitle } from './proposal.ts'
import { SheetRows } from './SheetRows.tsx'

interface MakingFormProps {
  readonly proposal: Proposal
  /** What it was read from: its rows are imported once all is published. */
  readonly file: File
  readonly onAnother: () => void
}

/** What is made of a file: what it is called, its fields, where it stands, and its rows to look at. */
export function MakingForm({ proposal, file, onAnother }: MakingFormProps) {
  const { t, i18n } = useTranslation()
  const language = useLanguage()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { me } = useWork()
  const { index, fates } = useStore()
  const takeAll = useTakeAll()
  const [making, setMaking] = useState(() => beginMaking(proposal))
  const first = useFirstPlaces()
  const [places, setPlaces] = useState(first)
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
    const called = { ...making, label: filledLabels(making.label) }
    if (!(await takeAll(placed(called, { ...places, board: boardIn(making, places.board) }))))
      return setIsMaking(false)
    await keepFile(me, { entity: making.name, file, rows: proposal.rows, fields: fieldsOf(making) })
    await queryClient.invalidateQueries({ queryKey: ['kept-files'] })
    toast({ text: t('fromFile.made', { name: textIn(making.label, i18n.language, making.name) }) })
    void navigate(beginAddress(making.name))
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
      <PlacesPart {...{ making, places }} onPlaces={setPlaces} />
      <div className="row from-file-foot">
        <Button type="primary" loading={isMaking} onClick={() => void make()}>
          {t('fromFile.make')}
        </Button>
        <span className="t13 ink-2">{t('fromFile.makeHelp')}</span>
      </div>
    </>
  )
}
