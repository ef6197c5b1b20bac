import { contrast, hexOf, oklchOf } from './oklch.ts'
import { dark, light, type TokenName, type Tokens } from './theme.ts'

/** The tokens that carry the brand: the ramp, what is made of it, and the stages that deepen in it. */
const BRANDED = [
  ...['brand-1', 'brand-2', 'brand-3', 'brand-4', 'brand-5', 'brand-6', 'brand-7', 'brand-8', 'brand-9'],
  ...['brand-10', 'brand', 'brand-hover', 'brand-active', 'brand-ink', 'bg-selected'],
  ...['stage-1', 'stage-2', 'stage-3', 'stage-4', 'stage-5'],
] as readonly TokenName[]

/** A token, what it must stand out from, and by how much. */
const PAIRS: readonly (readonly [TokenName, TokenName, number])[] = [
  ['brand', 'on-brand', 4.5],
  ['brand-hover', 'on-brand', 4.5],
  ['brand-active', 'on-brand', 4.5],
  ['brand-6', 'on-brand', 4.5],
  ['brand-ink', 'bg-sheet', 4.5],
  ['brand-ink', 'bg-frame', 4.5],
  ['brand-ink', 'bg-overlay', 4.5],
  ['brand-ink', 'bg-hover', 4.5],
  ['brand-ink', 'brand-1', 4.5],
  ['brand-ink', 'brand-2', 4.5],
  ['brand-8', 'bg-sheet', 4.5],
  ['brand-9', 'bg-sheet', 4.5],
  ['brand-5', 'bg-sheet', 3],
]
/** Tints, and the texts that stand on them. */
const GROUNDS: readonly (readonly [TokenName, TokenName, number])[] = [
  ['brand-1', 'ink-3', 4.5],
  ['brand-2', 'ink-2', 4.5],
  ['bg-selected', 'ink-3', 4.5],
]

/** The colour itself, and what is a little lighter or darker than it. */
const BODY: ReadonlySet<TokenName> = new Set([
  'brand',
  'brand-hover',
  'brand-active',
  'brand-5',
  'brand-6',
  'brand-7',
])
/** Tints stay tints, however strong the colour is; a grey one has a grey ramp. */
const MOST = { body: 2.4, tint: 1.3 } as const
const STEP = 0.005

/**
 * The tokens of a theme in another brand: the lightness of ours, hue and strength of the colour. In the light a colour on
 * which white can be read is taken as it is. What is too faint for its neighbour is moved away from it until it is
 * readable; texts are never touched.
 * @param colour `#rrggbb`
 */
export function brandTokens(tokens: Tokens, colour: string): Tokens {
  const { l, h, c } = oklchOf(colour)
  const own = oklchOf(tokens.brand)
  const strength = c / own.c
  const isDark = oklchOf(tokens['bg-sheet']).l < 0.5
  const shift = isDark ? 0 : Math.min(Math.max(l, 0.2), 0.6) - own.l
  const turned: Record<TokenName, string> = { ...tokens }
  for (const name of BRANDED) {
    const ours = oklchOf(tokens[name])
    const isBody = BODY.has(name)
    const most = ours.c < own.c / 2 ? MOST.tint : MOST.body
    turned[name] = hexOf({
      l: isBody ? Math.max(0.12, ours.l + shift) : ours.l,
      c: ours.c * Math.min(strength, most),
      h,
    })
  }
  for (const [name, ground, least] of GROUNDS) moveAway(turned, name, ground, least)
  for (const [name, ground, least] of PAIRS) moveAway(turned, name, ground, least)
  return turned
}

function moveAway(tokens: Record<TokenName, string>, name: TokenName, other: TokenName, least: number): void {
  const start = oklchOf(tokens[name])
  const by = start.l < oklchOf(tokens[other]).l ? -STEP : STEP
  for (let l = start.l; l >= 0 && l <= 1 && contrast(tokens[name], tokens[other]) < least; l += by) {
    tokens[name] = hexOf({ ...start, l })
  }
}

/** Both themes in a brand; ours without one. */
export function themesIn(colour: string | null): { readonly light: Tokens; readonly dark: Tokens } {
  return colour === null
    ? { light, dark }
    : { light: brandTokens(light, colour), dark: brandTokens(dark, colour) }
}
