/** Whether files are among what is dragged. */
export const hasFiles = (data: DataTransfer | null): boolean => data?.types.includes('Files') === true

/** What was dropped: the files, and folders by name, which a browser gives as files that cannot be read. */
export function droppedFiles(data: DataTransfer): {
  readonly files: readonly File[]
  readonly folders: readonly string[]
} {
  const folders = [...data.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null
    return entry?.isDirectory === true ? [entry.name] : []
  })
  return { files: [...data.files].filter(({ name }) => !folders.includes(name)), folders }
}

/** By this name a browser gives any picture of the clipboard. */
const UNNAMED = /^image\.(\w+)$/

/**
 * The files of a clipboard. What has words as well (cells of a sheet come with a picture of themselves) is pasted as words.
 * @param named what a picture without a name of its own is called, by the ending of its kind
 */
export function pastedFiles(
  data: Pick<DataTransfer, 'files' | 'getData'>,
  named: (kind: string) => string,
): readonly File[] {
  if (data.getData('text/plain') !== '') return []
  return [...data.files].map((file) => {
    const kind = UNNAMED.exec(file.name)?.[1]
    return kind === undefined ? file : new File([file], named(kind), { type: file.type })
  })
}
