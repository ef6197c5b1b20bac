import { useTranslation } from 'react-i18next'
import { IconButton } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { SheetTold } from './SheetActs.tsx'

/** So many rows are named; the others are counted. */
const MOST_ROWS = 6

interface SheetNoteProps {
  readonly told: SheetTold
  readonly onClose: () => void
}

/** What came of a sheet that was read back. */
export function SheetNote({ told, onClose }: SheetNoteProps) {
  const { t } = useTranslation()
  const isFault = 'fault' in told
  return (
    <div className={isFault ? 'labels-note faulty' : 'labels-note'} role={isFault ? 'alert' : 'status'}>
      <Icon name={isFault ? 'alert' : 'check'} />
      <div className="grow">{isFault ? <p>{told.fault}</p> : <Outcome {...told} />}</div>
      <IconButton label={t('act.close')} icon={<Icon name="close" />} onClick={onClose} />
    </div>
  )
}

function Outcome({ file, outcome: { count, lost } }: Extract<SheetTold, { file: string }>) {
  const { t } = useTranslation()
  const rows = lost.slice(0, MOST_ROWS).map(({ row, address }) => t('labels.row', { row, address }))
  const more = lost.length - rows.length
  return (
    <>
      <p>{count === 0 ? t('labels.readNothing', { file }) : t('labels.readDone', { file, count })}</p>
      {lost.length === 0 ? null : (
        <p className="t13 ink-2">
          {t('labels.lost', { count: lost.length })}
          <span className="mono">{rows.join('  ')}</span>
          {more > 0 ? ` +${more}` : null}
        </p>
      )}
    </>
  )
}
