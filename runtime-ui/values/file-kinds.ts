/** A file as a page knows it. */
export interface NamedFile {
  readonly id: string
  readonly name: string
  /** That the field holds nothing else; by the ending of the name otherwise. */
  readonly isPicture?: boolean
}

const PICTURES: ReadonlySet<string> = new Set(['avif', 'gif', 'jpeg', 'jpg', 'png', 'webp'])
const TEXTS: ReadonlySet<string> = new Set(['csv', 'json', 'log', 'md', 'txt'])

/** How a file is looked at within the page; undefined where it is not. */
export function shownAs({ name, isPicture = false }: NamedFile): 'picture' | 'text' | undefined {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  if (isPicture || PICTURES.has(ending)) return 'picture'
  return TEXTS.has(ending) ? 'text' : undefined
}
