import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../kit/Button.tsx'
import { Icon } from '../../../kit/icons/Icon.tsx'
import type { ListParts } from '../ListHead.tsx'

const ColumnsSheet = lazy(async () => ({ default: (await import('./ColumnsSheet.tsx')).ColumnsSheet }))

/** The way to choose a table's columns; a phone shows cards. */
export function ColumnsButton(props: ListParts) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <IconButton
        className="no-phone"
        label={t('columns.title')}
        icon={<Icon name="columns" />}
        onClick={() => setIsOpen(true)}
      />
      {isOpen ? (
        <Suspense fallback={null}>
          <ColumnsSheet {...props} onClose={() => setIsOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
