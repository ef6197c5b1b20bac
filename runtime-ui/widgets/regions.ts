import type { AddressParts } from '../paste/chinese-address.ts'

/** A place and what lies in it; `value` is its name, as an address stores it. */
export interface Region {
  readonly value: string
  readonly children?: Region[]
}

interface RegionOption {
  readonly name: string
  readonly label: unknown
  readonly under?: string
}

let loading: Promise<readonly Region[]> | undefined

/** The provinces, cities and districts of China: the option set that templates choose from, loaded when it is wanted. */
export function loadRegions(): Promise<readonly Region[]> {
  loading ??= import('../../seeds/cn_regions/definitions/option_set/cn_regions.json', {
    with: { type: 'json' },
  }).then(
    ({ default: { options } }) => regionTree(options),
    (fault: unknown) => {
      loading = undefined // the next one who asks tries anew
      throw fault
    },
  )
  return loading
}

/** Options that stand under one another as a tree. */
export function regionTree(options: readonly RegionOption[]): readonly Region[] {
  const below = new Map<string | undefined, RegionOption[]>()
  for (const option of options) below.set(option.under, [...(below.get(option.under) ?? []), option])
  const grow = (under: string | undefined): Region[] =>
    (below.get(under) ?? []).map(({ name, label }) => {
      const children = grow(name)
      return { value: String(label), ...(children.length === 0 ? {} : { children }) }
    })
  return grow(undefined)
}

type Place = Pick<AddressParts, 'province' | 'city' | 'district'>

/** The way down the tree to a place. A city of the rank of a province stands in an address as both. */
export function pathOf({ province, city, district }: Place): readonly string[] {
  return [province, city === province ? undefined : city, district].filter(
    (part): part is string => part !== undefined && part !== '',
  )
}

/** What a chosen way says of an address. */
export function placeAt(path: readonly string[], tree: readonly Region[]): Place {
  const [province, second, third] = path
  if (province === undefined) return {}
  const below = tree.find(({ value }) => value === province)?.children ?? []
  if (!below.some(({ children }) => children !== undefined)) {
    return { province, city: province, ...(second === undefined ? {} : { district: second }) }
  }
  return {
    province,
    ...(second === undefined ? {} : { city: second }),
    ...(third === undefined ? {} : { district: third }),
  }
}

/** The parts of an address by the names that the tree has: 广东 is 广东省. What it does not know stays as it is. */
export function fitPlace(parts: AddressParts, tree: readonly Region[]): AddressParts {
  const named = (among: readonly Region[] | undefined, part: string | undefined): Region | undefined =>
    part === undefined
      ? undefined
      : (among?.find(({ value }) => value === part) ?? among?.find(({ value }) => value.startsWith(part)))
  const province =
    named(tree, parts.province) ??
    tree.find(({ children }) => parts.city !== undefined && named(children, parts.city) !== undefined)
  const city = named(province?.children, parts.city)
  const district = named(city?.children ?? province?.children, parts.district)
  return {
    ...parts,
    ...(province === undefined ? {} : { province: province.value }),
    ...(city === undefined ? {} : { city: city.value }),
    ...(district === undefined ? {} : { district: district.value }),
  }
}

const CHINA: ReadonlySet<string> = new Set(['cn', 'china', '中国', '中华人民共和国', 'p.r. china', 'prc'])

/** Whether an address is one of China: by its country; without one by how it is written, or by who writes it. */
export function isInChina(
  { country, province, city }: { readonly [part: string]: string | undefined },
  isChineseReader: boolean,
): boolean {
  if (country !== undefined && country !== '') return CHINA.has(country.trim().toLowerCase())
  const written = `${province ?? ''}${city ?? ''}`
  return written === '' ? isChineseReader : /\p{Script=Han}/u.test(written)
}
