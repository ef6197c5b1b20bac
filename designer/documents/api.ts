import { request } from '../../runtime-ui/api/client.ts'

export type Words = readonly { readonly text: string; readonly isStrong: boolean }[]

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly words: Words }
  | { readonly kind: 'paragraph'; readonly words: Words }
  | { readonly kind: 'list'; readonly items: readonly Words[] }
  | {
      readonly kind: 'table'
      readonly hasHeader: boolean
      readonly rows: readonly (readonly {
        readonly words: Words
        readonly align: 'left' | 'center' | 'right'
      }[])[]
    }
  | { readonly kind: 'line' }

export interface Document {
  readonly title: string
  readonly blocks: readonly Block[]
  /** The workspace's logo as an address, where the document bears it. */
  readonly logo: string | null
  /** Base64; null where it was not asked for. */
  readonly pdf: string | null
}

export const previewDocument = async (body: object): Promise<Document> =>
  (await request<{ data: Document }>('/api/meta/documents/preview', { method: 'POST', body })).data

/** Hands the PDF to the browser as a download. */
export function savePdf({ title, pdf }: Document): void {
  const bytes = Uint8Array.from(atob(pdf ?? ''), (character) => character.charCodeAt(0))
  const place = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }))
  const link = document.createElement('a')
  link.href = place
  link.download = `${title}.pdf`
  link.click()
  URL.revokeObjectURL(place)
}
