import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CommentFile, fileAddress } from '../../api/records.ts'
import { formatFileSize } from '../../kit/format.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useLanguage } from '../../kit/model-context.tsx'
import { FileLink } from '../../values/FileLink.tsx'
import { shownAs } from '../../values/file-kinds.ts'
import './comment.css'

/** The files of a comment: pictures as such, the others by name; what can be shown is looked at here, one after the other. */
export function CommentFiles({ files }: { readonly files: readonly CommentFile[] }) {
  const { t } = useTranslation()
  if (files.length === 0) return null
  return (
    <ul className="comment-files" aria-label={t('comment.files')}>
      {files.map((file) => (
        <li key={file.id}>
          <HeldFile file={file} among={files} />
        </li>
      ))}
    </ul>
  )
}

interface HeldFileProps {
  readonly file: CommentFile
  readonly among: readonly CommentFile[]
}

function HeldFile({ file, among }: HeldFileProps) {
  const language = useLanguage()
  const [isBroken, setIsBroken] = useState(false)
  if (shownAs(file) === 'picture' && !isBroken)
    return (
      <FileLink className="comment-picture" file={file} among={among}>
        <img
          src={fileAddress(file.id)}
          alt={file.name}
          title={file.name}
          loading="lazy"
          onError={() => setIsBroken(true)}
        />
      </FileLink>
    )
  return (
    <FileLink className="row event-file" file={file} among={among}>
      <Icon name="file" />
      <span className="cut">{file.name}</span>
      <span className="t12 ink-3 num nowrap">{formatFileSize(file.size, language)}</span>
    </FileLink>
  )
}
