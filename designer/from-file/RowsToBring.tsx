import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../runtime-ui/kit/Button.tsx'
import { formatNumber } from '../../runtime-ui/kit/format.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useEntity, useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import type { KeptFile } from '../../runtime-ui/screens/import/kept-file.ts'
import { importAddress, useRowsToBring } from './use-kept-files.ts'
import './rows-to-bring.css'

/** What was made of a file is in force: its rows are one press away. */
export function RowsToBring() {
  const waiting = useRowsToBring()
  return waiting.map((kept) => <Waiting key={kept.entity} kept={kept} />)
}

function Waiting({ kept: { entity, file, rows } }: { readonly kept: KeptFile }) {
  const { t } = useTranslation()
  const called = useEntity(entity)?.plural
  return (
    <div className="row rows-to-bring" role="status">
      <Icon name="table" />
      <span className="grow">{t('fromFile.inForce', { entity: called, file: file.name })}</span>
      <a className="link nowrap" href={`/records/${encodeURIComponent(entity)}`}>
        {t('begin.open')}
      </a>
      <BringRows entity={entity} rows={rows} />
    </div>
  )
}

/** Leads to the import, with the file read and its columns matched. */
export function BringRows({ entity, rows }: { readonly entity: string; readonly rows: number }) {
  const { t } = useTranslation()
  const number = formatNumber(rows, useLanguage())
  return (
    <ButtonLink type="primary" href={importAddress(entity)}>
      {t('fromFile.bring', { count: rows, number })}
    </ButtonLink>
  )
}
