const MOST_CHARACTERS = 40

/** What fields may not be called, since every entity has it or paths begin with it. */
const RESERVED: ReadonlySet<string> = new Set([
  ...['id', 'created_at', 'created_by', 'updated_at', 'updated_by', 'version', 'owner', 'deleted_at'],
  ...['deleted_by', 'record', 'before', 'actor', 'settings', 'now', 'today'],
])

/** Headings that many spreadsheets have, as they are called elsewhere. */
const USUAL: Readonly<Record<string, string>> = {
  ...{ 名称: 'name', 姓名: 'name', 电话: 'phone', 手机: 'mobile', 手机号: 'mobile', 邮箱: 'email' },
  ...{ 网址: 'website', 网站: 'website', 地址: 'address', 备注: 'remark', 描述: 'description' },
  ...{ 状态: 'status', 类型: 'type', 日期: 'date', 金额: 'amount', 价格: 'price', 数量: 'quantity' },
  ...{ 编号: 'code', 负责人: 'owner_name', 城市: 'city', 部门: 'department', 级别: 'level', 来源: 'source' },
}

/** How Chinese is read, syllable by syllable, where a name is made of it. */
export type ReadChinese = (run: string) => readonly string[]

/**
 * What pinyin-pro is asked for by whoever makes names, so that designer and engine make the same of the same words: words
 * in context without tones, ü written v as on a keyboard, no reading of surnames.
 */
export const NAME_READING = {
  toneType: 'none',
  type: 'array',
  v: true,
  surname: 'off',
  nonZh: 'removed',
} as const

/**
 * A name of a definition, a field or an option for what people call something: Chinese by its reading, everything else by
 * its letters. Undefined where there is nothing to read, as of an emoji.
 * @param read how a run of Chinese characters is read, syllable by syllable
 * @param tail what is put behind a word that every record has of its own, such as `owner`: what is named, `owner_role`
 */
export function nameFor(label: string, read: ReadChinese, tail = 'field'): string | undefined {
  const usual = USUAL[label.trim()]
  if (usual !== undefined) return usual
  const letters = label.normalize('NFKC').replaceAll(/\p{Script=Han}+/gu, (run) => ` ${read(run).join('_')} `)
  const name = letters
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, MOST_CHARACTERS)
    .replace(/_+$/, '')
  if (name === '') return undefined
  if (name.startsWith('tenon_')) return `its_${name}`.slice(0, MOST_CHARACTERS)
  return RESERVED.has(name) ? `${name}_${tail}` : name
}

/** Gives each name once: what was given is followed by a number. */
export function takenNames(): (wanted: string) => string {
  const taken = new Set<string>()
  return (wanted) => {
    let name = wanted
    for (let count = 2; taken.has(name); count += 1) {
      const tail = `_${count}`
      name = `${wanted.slice(0, MOST_CHARACTERS - tail.length)}${tail}`
    }
    taken.add(name)
    return name
  }
}
