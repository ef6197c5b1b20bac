import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useIsPhone } from '../../kit/use-media.ts'

/** What spreadsheets write, and what they read from others. */
export const FILE_TYPES = '.xlsx,.csv,.tsv,.txt'

interface FilePlaceProps {
  /** What becomes of a file that is dropped. */
  readonly text: string
  readonly onFile: (file: File) => void
}

/** Where a file is dropped or chosen. */
export function FilePlace({ text, onFile }: FilePlaceProps) {
  const { t } = useTranslation()
  const phone = useIsPhone()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setIsOver(false)
    const [file] = event.dataTransfer.files
    if (file !== undefined) onFile(file)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way; the button is everybody's
    <div
      className={isOver ? 'file-place over' : 'file-place'}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <Icon name="upload" />
      <h2 className="h3">{t(phone ? 'import.file' : 'import.drop')}</h2>
      <p className="t13 ink-2">{text}</p>
      <Button type="primary" onClick={() => input.current?.click()}>
        {t('import.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={FILE_TYPES}
        aria-label={t('import.choose')}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file !== undefined) onFile(file)
        }}
      />
    </div>
  )
}
