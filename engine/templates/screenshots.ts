import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { TemplateManifest } from '../../metadata/types.ts'
import { type LocalText, type Problem, problem } from '../errors.ts'
import { type PictureSort, pictureSort } from '../model/kinds/brand-check.ts'
import { pointer } from '../model/pointer.ts'

/** Bytes of one picture. */
const MOST_BYTES = 512 * 1024
export const SCREENSHOTS = 'screenshots'

const MEDIA_TYPES: { readonly [S in PictureSort]: string } = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
}

export interface Screenshot {
  readonly bytes: Buffer
  readonly mediaType: string
}

/** A picture that a manifest names; undefined where it names none such. */
export function readScreenshot(
  folder: string,
  { screenshots = [] }: TemplateManifest,
  name: string,
): Screenshot | undefined {
  const found = screenshots.find(({ file }) => file === name)
  if (found === undefined) return undefined
  const bytes = readFileSync(join(folder, SCREENSHOTS, found.file))
  const sort = pictureSort(bytes)
  return sort === undefined ? undefined : { bytes, mediaType: MEDIA_TYPES[sort] }
}

/** What is wrong with the pictures of a template: told by what they hold, whatever they are called. */
export function screenshotFaults(folder: string, { screenshots = [] }: TemplateManifest): readonly Problem[] {
  return screenshots.flatMap(({ file }, index) => {
    const path = `template.json#${pointer(SCREENSHOTS, index, 'file')}`
    const place = join(folder, SCREENSHOTS, file)
    if (!existsSync(place) || !statSync(place).isFile())
      return [problem('TEMPLATE_FILE_MISSING', path, { params: { file: `${SCREENSHOTS}/${file}` } })]
    const reason = faultOf(place)
    return reason === undefined
      ? []
      : [problem('TEMPLATE_SCREENSHOT_INVALID', path, { params: { file, reason } })]
  })
}

function faultOf(place: string): LocalText | undefined {
  if (statSync(place).size > MOST_BYTES) return { en: 'it is larger than 512 KB', 'zh-CN': '超过 512 KB' }
  if (pictureSort(readFileSync(place)) !== undefined) return undefined
  return { en: 'it holds no PNG, JPEG or WebP', 'zh-CN': '内容不是 PNG、JPEG 或 WebP' }
}
