import { lazy, type ReactNode, Suspense, useState } from 'react'
import { fileAddress } from '../api/records.ts'
import { type NamedFile, shownAs } from './file-kinds.ts'

const FilePreview = lazy(async () => ({ default: (await import('./FilePreview.tsx')).FilePreview }))

export interface FileLinkProps {
  readonly file: NamedFile
  /** Files that stand beside it, among which one goes on. */
  readonly among?: readonly NamedFile[]
  readonly className?: string
  readonly children: ReactNode
}

/** A way to a file: a picture or a text is looked at here, anything else where the browser shows it or keeps it. */
export function FileLink({ file, among = [file], className, children }: FileLinkProps) {
  const [shown, setShown] = useState<NamedFile>()
  return (
    <>
      <a
        className={className}
        href={fileAddress(file.id)}
        target="_blank"
        rel="noreferrer"
        onClick={(event) => {
          if (shownAs(file) === undefined || event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          setShown(file)
        }}
      >
        {children}
      </a>
      {shown === undefined ? null : (
        <Suspense fallback={null}>
          <FilePreview
            file={shown}
            among={among.filter((one) => shownAs(one) !== undefined)}
            onGo={setShown}
            onClose={() => setShown(undefined)}
          />
        </Suspense>
      )}
    </>
  )
}
