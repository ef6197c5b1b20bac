import { request } from '../../runtime-ui/api/client.ts'

/** A web form with what came in by it. */
export interface WebformItem {
  readonly name: string
  readonly label: string
  readonly entity: string
  readonly path: string
  readonly open: boolean
  readonly sites: readonly string[]
  readonly counts: {
    readonly created: number
    readonly updated: number
    readonly trapped: number
    readonly failed: number
    readonly week: number
    readonly lastAt: string | null
  }
}

export async function listWebforms(): Promise<readonly WebformItem[]> {
  return (await request<{ readonly data: readonly WebformItem[] }>('/api/webforms')).data
}
