import { expect } from 'chai'
import { ICON_PATHS, iconNamed } from '../../../runtime-ui/kit/icons/paths.ts'
import { dark, light, type TokenName, type Tokens, themeCss } from '../../../runtime-ui/kit/theme.ts'

/** Relative luminance of WCAG 2. */
function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

function contrast(a: string, b: string): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((one, other) => one - other) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

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
