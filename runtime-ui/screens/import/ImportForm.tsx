import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ImportChoice, type ImportOutcome, runImport, type Upload } from '../../api/imports.ts'
import type { Entity } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { formatNumber } from '../../kit/format.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useLanguage } from '../../kit/model-context.tsx'
import { ColumnsMatch } from './ColumnsMatch.tsx'
import { ImportEnd } from './ImportEnd.tsx'
import { Outlook } from './Outlook.tsx'
import { Progress } from './Progress.tsx'

interface ImportFormProps {
  readonly entity: Entity
  readonly upload: Upload
  /** The heading of a column → the field that was made of it, where it is known. */
  readonly made: Readonly<Record<string, string>> | undefined
  readonly onDone: () => void
  readonly onAnother: () => void
}

/** Always a new record. */
const NEW = ''

/** Which column goes where; what would come of it is worked out by the server, which stores nothing until it is told to. */
export function ImportForm({ entity, upload, made, onDone, onAnother }: ImportFormProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const queryClient = useQueryClient()
  const [columns, setColumns] = useState(() => columnsOf(upload, made))
  const [key, setKey] = useState(NEW)
  const [accepts, setAccepts] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const [end, setEnd] = useState<ImportOutcome>()
  const keys = upload.keys.filter((name) => columns.includes(name))
  const chosen = keys.includes(key) ? key : NEW
  const choice: ImportChoice = {
    columns,
    ...(chosen === NEW ? {} : { key: chosen }),
    ...(accepts ? { accept_duplicates: true } : {}),
  }
  const outlook = useQuery({
    queryKey: ['import', entity.name, upload.id, choice],
    queryFn: ({ signal }) => runImport(entity.name, upload.id, choice, true, signal),
    enabled: end === undefined && !busy && columns.some((field) => field !== ''),
    placeholderData: (before) => before,
    retry: false,
    gcTime: 0,
  })
  const run = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    setFault(undefined)
    try {
      setEnd(await runImport(entity.name, upload.id, choice))
      onDone()
    } catch (error) {
      setFault(faultOf(error, t))
    }
    setBusy(false)
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: ['records'] }),
      queryClient.invalidateQueries({ queryKey: ['acts'] }),
    ])
  }
  if (end !== undefined) return <ImportEnd {...{ entity, upload, onAnother }} outcome={end} />
  const labelOf = (name: string): string => entity.fields.find((field) => field.name === name)?.label ?? name
  const will = outlook.isError ? 0 : (outlook.data?.created ?? 0) + (outlook.data?.changed ?? 0)
  return (
    <>
      <p className="row import-file">
        <Icon name="file" />
        <span className="strong cut">{upload.name}</span>
        <span className="t13 ink-3 nowrap">
          {t('import.rows', { count: upload.rows, number: formatNumber(upload.rows, language) })}
          {upload.sheet === undefined ? '' : ` · ${t('import.sheet', { name: upload.sheet })}`}
        </span>
        <Button size="small" disabled={busy} onClick={onAnother}>
          {t('import.another')}
        </Button>
      </p>
      <ColumnsMatch {...{ entity, upload, columns }} disabled={busy} onChange={setColumns} />
      {keys.length === 0 ? null : (
        <div className="field import-key">
          <label htmlFor="import-key">{t('import.key')}</label>
          <Select
            id="import-key"
            value={chosen}
            disabled={busy}
            options={[
              { value: NEW, label: t('import.keyNone') },
              ...keys.map((name) => ({ value: name, label: t('import.keyBy', { field: labelOf(name) }) })),
            ]}
            onChange={setKey}
          />
        </div>
      )}
      {busy ? (
        <Progress entity={entity} upload={upload} />
      ) : outlook.isError ? (
        <FaultNote id="import-outlook-fault" fault={faultOf(outlook.error, t)} />
      ) : (
        <Outlook
          {...{ upload, accepts }}
          outcome={outlook.data}
          isFetching={outlook.isFetching}
          onAccept={setAccepts}
        />
      )}
      <FaultNote id="import-fault" fault={fault} />
      <div className="import-foot">
        <span className="t13 ink-3 grow">{t('import.undoText')}</span>
        <Button
          type="primary"
          disabled={will === 0}
          aria-busy={busy || outlook.isFetching}
          onClick={() => void run()}
        >
          {t('import.do', { count: will, number: formatNumber(will, language) })}
        </Button>
      </div>
    </>
  )
}

/** For each column its field: the one that was made of it, if it is there, else the one that the server guesses. */
function columnsOf({ columns, fields }: Upload, made: Readonly<Record<string, string>> = {}): string[] {
  const known = columns.map(({ header }) => made[header])
  return columns.map(({ field = '' }, at) => {
    const own = known[at]
    if (own !== undefined && fields.includes(own)) return own
    return known.includes(field) ? '' : field
  })
}
