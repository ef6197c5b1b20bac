import type { LocalText } from '../../errors.ts'

const COLOUR = /^#[0-9a-f]{6}$/i
/** Bytes of a logo: it travels with the first page, and a sharp one of 512 px fits. */
const MOST_LOGO_BYTES = 96 * 1024

const PICTURE = /^data:image\/(png|jpeg|webp);base64,([A-Za-z0-9+/]+={0,2})$/

export type PictureSort = 'png' | 'jpeg' | 'webp'

/** What a picture of each sort begins with: what it calls itself is not believed. */
const BEGINS: { readonly [S in PictureSort]: (bytes: Buffer) => boolean } = {
  png: (bytes) => bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  jpeg: (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  webp: (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
}

/** What sort of picture this is by what it holds; undefined where it is none. */
export const pictureSort = (bytes: Buffer): PictureSort | undefined =>
  (Object.keys(BEGINS) as PictureSort[]).find((sort) => BEGINS[sort](bytes))

/** Why a value is no brand colour; undefined where it is one. Any colour will do: the pages derive readable ones from it. */
export function colourFault(value: unknown): LocalText | undefined {
  if (typeof value === 'string' && COLOUR.test(value)) return undefined
  return { en: 'a colour is written #1a73e8', 'zh-CN': '颜色应写作 #1a73e8 的形式' }
}

/** Why a value is no logo; undefined where it is one. */
export function logoFault(value: unknown): LocalText | undefined {
  const text = typeof value === 'string' ? value : ''
  if (/^data:image\/svg/i.test(text)) {
    return {
      en: 'an SVG may carry scripts; a logo is a PNG, JPEG or WebP picture',
      'zh-CN': 'SVG 可能带有脚本；标志请使用 PNG、JPEG 或 WebP 图片',
    }
  }
  const [, sort, base64 = ''] = PICTURE.exec(text) ?? []
  const bytes = Buffer.from(base64, 'base64')
  if (sort === undefined || pictureSort(bytes) !== sort) {
    return {
      en: 'a logo is a PNG, JPEG or WebP picture, written as a data: address',
      'zh-CN': '标志应为 PNG、JPEG 或 WebP 图片，写成 data: 地址',
    }
  }
  if (bytes.length <= MOST_LOGO_BYTES) return undefined
  const most = MOST_LOGO_BYTES / 1024
  return { en: `a logo has at most ${most} KB`, 'zh-CN': `标志最大 ${most} KB` }
}
