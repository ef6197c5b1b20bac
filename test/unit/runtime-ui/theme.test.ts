import { expect } from 'chai'
import { readBrand } from '../../../runtime-ui/kit/brand.ts'
import { brandTokens } from '../../../runtime-ui/kit/brand-tokens.ts'
import { ICON_PATHS, iconNamed } from '../../../runtime-ui/kit/icons/paths.ts'
import { contrast, hexOf, oklchOf } from '../../../runtime-ui/kit/oklch.ts'
import { dark, light, type TokenName, type Tokens, themeCss } from '../../../runtime-ui/kit/theme.ts'

const TEXT_ON: readonly (readonly [TokenName, TokenName])[] = [
  ['ink', 'bg-sheet'],
  ['ink-2', 'bg-sheet'],
  ['ink-3', 'bg-sheet'],
  ['ink-3', 'bg-frame'],
  ['ink-3', 'bg-hover'],
  ['ink-2', 'bg-selected'],
  ['brand-ink', 'bg-sheet'],
  ['on-brand', 'brand'],
  ['on-tip', 'bg-tip'],
  ['error-ink', 'error-bg'],
  ['error-ink', 'bg-sheet'],
  ['tag-slate-ink', 'tag-slate-bg'],
  ['tag-clay-ink', 'tag-clay-bg'],
  ['tag-ochre-ink', 'tag-ochre-bg'],
  ['tag-moss-ink', 'tag-moss-bg'],
  ['tag-jade-ink', 'tag-jade-bg'],
  ['tag-sky-ink', 'tag-sky-bg'],
  ['tag-iris-ink', 'tag-iris-bg'],
  ['tag-plum-ink', 'tag-plum-bg'],
]

describe('the theme', () => {
  for (const [name, tokens] of [
    ['light', light],
    ['dark', dark],
  ] as const satisfies readonly [string, Tokens][]) {
    it(`keeps text readable (${name})`, () => {
      const faint = TEXT_ON.filter(([text, ground]) => contrast(tokens[text], tokens[ground]) < 4.5)
      expect(faint).to.deep.equal([])
    })
  }

  /** What stands on the brand or is written in it, in whatever colour. */
  const BRANDED: readonly (readonly [TokenName, TokenName])[] = [
    ...TEXT_ON,
    ...(['brand', 'brand-hover', 'brand-active'] as const).map((ground) => ['on-brand', ground] as const),
    ...(['bg-sheet', 'bg-frame', 'bg-overlay', 'bg-hover', 'brand-1', 'brand-2', 'bg-selected'] as const).map(
      (ground) => ['brand-ink', ground] as const,
    ),
    ['ink-3', 'bg-selected'],
    ['ink-2', 'brand-1'],
    ['ink-2', 'brand-2'],
  ]

  it('keeps text readable in every brand colour, in light and dark', () => {
    const hues = Array.from({ length: 72 }, (_, index) => hexOf({ l: 0.6, c: 0.16, h: index * 5 }))
    const faint = [...hues, '#000000', '#ffffff', '#ffff00', '#808080', '#00ff00', '#0000ff'].flatMap(
      (colour) =>
        [light, dark].flatMap((theme) => {
          const tokens = brandTokens(theme, colour)
          const texts = BRANDED.filter(([text, ground]) => contrast(tokens[text], tokens[ground]) < 4.5)
          const focus = contrast(tokens['brand-5'], tokens['bg-sheet']) < 3 ? ['focus'] : []
          return [...texts, ...focus].map((what) => `${colour} ${theme === dark ? 'dark' : 'light'} ${what}`)
        }),
    )
    expect(faint).to.deep.equal([])
  })

  it('gives back its own colours for its own hue, nearly', () => {
    const again = brandTokens(light, light.brand)
    for (const name of ['brand', 'brand-1', 'brand-8', 'stage-3'] as const) {
      const [a, b] = [oklchOf(again[name]), oklchOf(light[name])]
      expect([Math.abs(a.l - b.l) < 0.02, Math.abs(a.c - b.c) < 0.02], name).to.deep.equal([true, true])
    }
  })

  it('takes nothing for a brand but a colour and a picture', () => {
    expect(readBrand({ color: '#1A56DB', logo: 'data:image/png;base64,AAAA' })).to.deep.equal({
      color: '#1A56DB',
      logo: 'data:image/png;base64,AAAA',
    })
    for (const color of ['red', '#12345', '#123456;}', 'url(x)', 7, null]) {
      expect(readBrand({ color }).color).to.equal(null)
    }
    for (const logo of ['data:image/svg+xml;base64,AAAA', 'https://x/y.png', 'javascript:alert(1)', {}]) {
      expect(readBrand({ logo }).logo).to.equal(null)
    }
    expect(readBrand(null)).to.deep.equal({ color: null, logo: null })
  })

  it('writes every token as a variable in both themes', () => {
    const css = themeCss()
    for (const name of Object.keys(light)) expect(css.split(`--${name}:`).length - 1, name).to.equal(2)
  })

  it('finds an icon for every name of a definition', () => {
    expect(['target', 'account', 'file-text', 'no such icon', undefined].map(iconNamed)).to.deep.equal([
      'target',
      'building',
      'document',
      'cube',
      'cube',
    ])
    expect(iconNamed('constructor')).to.equal('cube')
    for (const path of Object.values(ICON_PATHS)) expect(path).to.match(/^M[\d.\sMmLlHhVvAaCcSsZz-]+$/)
  })
})
