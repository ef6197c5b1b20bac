import type { WorkspaceSettings } from '../../model/compiled.ts'

/** Pixels on a side of a picture whose points a printer takes apart one by one. */
const MOST_PIXELS = 4096

/**
 * A workspace's logo as a document can bear it; undefined where there is none. A PDF holds PNG and JPEG pictures, and a
 * small PNG may unfold to more than a thread can hold.
 */
export function printableLogo({ logo }: Pick<WorkspaceSettings, 'logo'>): string | undefined {
  if (logo === undefined) return undefined
  if (logo.startsWith('data:image/jpeg;base64,')) return logo
  const [, base64] = /^data:image\/png;base64,(.*)$/.exec(logo) ?? []
  if (base64 === undefined) return undefined
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length < 24) return undefined
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  return width <= MOST_PIXELS && height <= MOST_PIXELS ? logo : undefined
}
