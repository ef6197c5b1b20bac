import { send, withQuery } from './client.ts'
import { problemOf } from './problem.ts'

/** What is seen of a list, as it is to be written. */
export interface ExportQuestion {
  readonly filter?: unknown
  readonly sort?: string
  readonly q?: string
  /** Columns, separated by commas. */
  readonly fields: string
  readonly language: string
}

/** Longer addresses are not sent: the question goes in a body, and the file through memory. */
const MAX_ADDRESS = 4_000

/**
 * Lets the browser save a list as a file, as it arrives.
 * @throws ApiProblem where the server refuses
 */
export async function saveExport(entity: string, question: ExportQuestion): Promise<void> {
  const path = `/api/records/${encodeURIComponent(entity)}/export`
  const { filter, ...rest } = question
  const words = { ...rest, header: 'labels' }
  const filterText = filter === undefined ? undefined : JSON.stringify(filter)
  const address = withQuery(path, { ...words, filter: filterText, bom: 1 })
  if (address.length <= MAX_ADDRESS) {
    const asked = await send(address, { method: 'HEAD' })
    // The answer to HEAD has no words: the same question has them.
    if (!asked.ok) throw await problemOf(await send(address, {}))
    saveAs(address, '')
    return
  }
  const response = await send(path, { method: 'POST', body: { ...words, filter, bom: true } })
  if (!response.ok) throw await problemOf(response)
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
  const place = URL.createObjectURL(await response.blob())
  saveAs(place, name ?? `${entity}.csv`)
  setTimeout(() => URL.revokeObjectURL(place), 60_000)
}

/** @param name '' for the one that the server gives */
function saveAs(address: string, name: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
}
