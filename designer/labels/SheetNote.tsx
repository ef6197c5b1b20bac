import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { SheetTold } from './SheetActs.tsx'
import type { TextRow } from './text-sheet.ts'

/** So many rows are named; the others are counted. */
const MOST_ROWS = 6

interface SheetNoteProps {
  readonly told: SheetTold
  /** Shows what changed and nothing else; undefined while that is shown. */
  readonly onShow: (() => void) | undefined
  readonly onClose: () => void
}

/** What came of a sheet that was read back. */
export function SheetNote({ told, onShow, onClose }: SheetNoteProps) {
  const { t } = useTranslation()
  const isFault = 'fault' in told
  const isShowing = onShow !== undefined && 'outcome' in told && told.outcome.count > 0
  return (
    <div className={isFault ? 'labels-note faulty' : 'labels-note'} role={isFault ? 'alert' : 'status'}>
      <Icon name={isFault ? 'alert' : 'check'} />
      <div className="grow">{isFault ? <p>{told.fault}</p> : <Outcome {...told} />}</div>
      {isShowing ? <Button onClick={onShow}>{t('labels.showChanged')}</Button> : null}
      <IconButton label={t('act.close')} icon={<Icon name="close" />} onClick={onClose} />
    </div>
  )
}

function Outcome({ file, outcome: { count, lost, broken } }: Extract<SheetTold, { file: string }>) {
  const { t } = useTranslation()
  return (
    <>
      <p>{count === 0 ? t('labels.readNothing', { file }) : t('labels.readDone', { file, count })}</p>
      <Rows said="labels.lost" rows={lost} />
      <Rows said="labels.broken" rows={broken} />
    </>
  )
}

/** The first of some rows, with their numbers in the sheet and what stands in them as an address. */
function Rows({
  said,
  rows,
}: {
  readonly said: 'labels.lost' | 'labels.broken'
  readonly rows: readonly TextRow[]
}) {
  const { t } = useTranslation()
  if (rows.length === 0) return null
  const more = rows.length - MOST_ROWS
  const named = rows
    .slice(0, MOST_ROWS)
    .map(({ row, address }) =>
      address === '' ? t('labels.rowBare', { row }) : t('labels.row', { row, address }),
    )
  return (
    <p className="t13 ink-2">
      {t(said, { count: rows.length })}
      <span className="mono">{named.join('  ')}</span>
      {more > 0 ? ` +${more}` : null}
    </p>
  )
}
