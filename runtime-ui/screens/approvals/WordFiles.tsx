import { type ChangeEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../kit/Button.tsx'
import { formatFileSize } from '../../kit/format.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useLanguage } from '../../kit/model-context.tsx'

/** As many as the server takes with one word. */
const MOST_FILES = 20

interface WordFilesProps {
  readonly files: readonly File[]
  readonly onChange: (files: readonly File[]) => void
}

/** Files that go with a word. They are sent with it: who thinks better of it leaves none behind. */
export function WordFiles({ files, onChange }: WordFilesProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const input = useRef<HTMLInputElement>(null)
  const add = (event: ChangeEvent<HTMLInputElement>): void => {
    const chosen = [...(event.target.files ?? [])]
    event.target.value = ''
    onChange([...files, ...chosen].slice(0, MOST_FILES))
  }
  return (
    <div className="field word-files">
      <input ref={input} type="file" multiple hidden aria-label={t('file.choose')} onChange={add} />
      {files.length === 0 ? null : (
        <ul aria-label={t('approval.files')}>
          {files.map((file, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one file may be chosen twice, and none of them moves
            <li key={index} className="row">
              <Icon name="file" size="small" />
              <span className="cut grow">{file.name}</span>
              <span className="t12 ink-3 num nowrap">{formatFileSize(file.size, language)}</span>
              <IconButton
                label={t('approval.files.remove', { name: file.name })}
                icon={<Icon name="close" />}
                onClick={() => onChange(files.filter((_, other) => other !== index))}
              />
            </li>
          ))}
        </ul>
      )}
      <Button
        icon={<Icon name="upload" />}
        disabled={files.length >= MOST_FILES}
        onClick={() => input.current?.click()}
      >
        {t('approval.files.add')}
      </Button>
    </div>
  )
}
