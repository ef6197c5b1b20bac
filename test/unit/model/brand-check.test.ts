import { expect } from 'chai'
import { colourFault, logoFault } from '../../../engine/model/kinds/brand-check.ts'

const data = (sort: string, bytes: Buffer | string) =>
  `data:image/${sort};base64,${Buffer.from(bytes).toString('base64')}`
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])
const SCRIPT = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

const logos: readonly {
  readonly what: string
  readonly value: unknown
  readonly says: string | undefined
}[] = [
  { what: 'a PNG', value: data('png', PNG), says: undefined },
  { what: 'a JPEG', value: data('jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])), says: undefined },
  { what: 'a WebP', value: data('webp', 'RIFF\0\0\0\0WEBPVP8 '), says: undefined },
  { what: 'an SVG with a script', value: data('svg+xml', SCRIPT), says: 'may carry scripts' },
  { what: 'an SVG in clear', value: `data:image/svg+xml,${SCRIPT}`, says: 'may carry scripts' },
  { what: 'an SVG that calls itself a PNG', value: data('png', SCRIPT), says: 'PNG, JPEG or WebP picture' },
  { what: 'a page', value: 'data:text/html;base64,PGI+', says: 'PNG, JPEG or WebP picture' },
  { what: 'an address', value: 'https://example.com/logo.png', says: 'PNG, JPEG or WebP picture' },
  { what: 'a number', value: 7, says: 'PNG, JPEG or WebP picture' },
  {
    what: 'what is too large',
    value: data('png', Buffer.concat([PNG, Buffer.alloc(97 * 1024)])),
    says: '96 KB',
  },
]

describe('the brand of a workspace', () => {
  for (const { what, value, says } of logos) {
    it(`${says === undefined ? 'takes' : 'refuses'} ${what} as its logo`, () => {
      const told = logoFault(value)?.en
      if (says === undefined) expect(told).to.equal(undefined)
      else expect(told).to.contain(says)
    })
  }

  const colours = [
    { value: '#1a56db', isFit: true },
    { value: '#FFF000', isFit: true },
    { value: 'red', isFit: false },
    { value: '#fff', isFit: false },
    { value: '#123456;background:url(x)', isFit: false },
    { value: 16, isFit: false },
  ]
  for (const { value, isFit } of colours) {
    it(`${isFit ? 'takes' : 'refuses'} ${value} as its colour`, () => {
      expect(colourFault(value) === undefined).to.equal(isFit)
    })
  }
})
