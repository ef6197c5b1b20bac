import { CHINESE_PLACES, LATIN_PLACES } from './places.ts'
import { foldLetters, lettersAndDigits, wordsOf } from './plain-text.ts'

const CHINESE_FORMS = /(?:股份有限公司|有限责任公司|有限公司|股份公司|总公司|(?<!分)公司)$/
const LATIN_FORMS = new Set(
  'co company corp corporation inc incorporated ltd limited llc llp lp plc gmbh ag kg se sa sas sarl srl spa bv nv ab oy as kk pte pty'.split(
    ' ',
  ),
)
const FILLERS = new Set(['the', 'and', 'of'])
const BRACKETS = /[([{<【〔〈《「]([^()[\]{}<>【】〔〕〈〉《》「」]*)[)\]}>】〕〉》」]/g
/** What stands in brackets and says nothing about who it is. */
const IN_BRACKETS = /^(?:中国|大陆|china|prc|有限合伙|普通合伙|特殊普通合伙|个人独资)$/

/**
 * What of a name is no name of its own: 上海银行 without its place would be every bank. The place stays where nothing
 * else does.
 */
const GENERIC = new RegExp(
  `^(?:${(
    '分公司 银行 商业 农村 农商 大学 学院 师范 医科 理工 工业 农业 科技 技术 信息 网络 电子 医院 中医院 人民 第一 第二 附属 中学 小学 ' +
    '机场 地铁 轨道 交通 公交 出租 汽车 电力 供电 电网 燃气 天然气 自来水 水务 热力 环保 环境 证券 信托 保险 基金 集团 控股 投资 ' +
    '资产 管理 建设 建工 建筑 工程 城投 城建 城市 铁路 港口 港务 航空 旅游 文化 传媒 日报 报业 烟草 邮政 电信 移动 联通 通信 石油 ' +
    '石化 化工 钢铁 煤业 矿业 能源 贸易 商贸 进出口 国际 实业 机械 制造 设备 食品 服装 物流 供应链 发展 服务 咨询 置业 房地产 物业 ' +
    'bank university hospital airport group holding holdings power gas water technology tech trading trade international ' +
    'industry industrial investment development construction engineering service services machinery electronics'
  )
    .split(' ')
    .join('|')})+$`,
)

/**
 * The core of a company's name, by which 北京华兴机械有限公司, 华兴机械（北京）股份有限公司 and “ 华兴机械” are one, and
 * “Huaxing Machinery Co., Ltd.” and “Huaxing Machinery Inc.”: full and half width alike, without legal form, brackets,
 * and a leading or bracketed province or city. Undefined where no letter is left.
 */
export function companyKey(text: string): string | undefined {
  const whole = lettersAndDigits(text)
  if (whole === '') return undefined
  const words = companyWords(text)
  const core = words.join('')
  return core === '' ? whole : core
}

/** The words of the core. */
export function companyWords(text: string): readonly string[] {
  const plain = withoutBrackets(foldLetters(text)).replace(/\b(?:[a-z]\.){2,}/g, (dotted) =>
    dotted.replaceAll('.', ''),
  )
  const words = wordsOf(plain).filter((word) => !FILLERS.has(word))
  return withoutPlace(withoutForms(words))
}

function withoutBrackets(text: string): string {
  return text.replace(BRACKETS, (_, inner: string) => {
    const content = inner.replaceAll(/\s/g, '')
    return isPlace(content) || IN_BRACKETS.test(content) ? ' ' : ` ${inner} `
  })
}

function isPlace(text: string): boolean {
  return LATIN_PLACES.has(text) || (placeLength(text) === text.length && text !== '')
}

function withoutForms(words: readonly string[]): readonly string[] {
  let rest = [...words]
  for (;;) {
    const last = rest.at(-1)
    if (last === undefined) return words
    const cut = LATIN_FORMS.has(last) ? '' : last.replace(CHINESE_FORMS, '')
    if (cut === last) return rest
    rest = cut === '' ? rest.slice(0, -1) : [...rest.slice(0, -1), cut]
  }
}

/** Province and city may both stand in front (广东深圳华兴). */
function withoutPlace(words: readonly string[]): readonly string[] {
  const [first = '', ...others] = words
  const length = placeLength(first)
  if (length === 0 && !LATIN_PLACES.has(first)) return words
  const cut = length === 0 ? '' : first.slice(length)
  const rest = cut === '' ? others : [cut, ...others]
  const name = rest.join('')
  if (name.length < 2 || GENERIC.test(name)) return words
  return withoutPlace(rest)
}

/** How many characters of a text are a place with which it begins, 省 and 市 included. */
function placeLength(text: string): number {
  const place = CHINESE_PLACES.find((name) => text.startsWith(name))
  if (place === undefined) return 0
  const kind = /^(?:特别行政区|[^\s]{0,4}?自治[区州]|地区|省|市)/.exec(text.slice(place.length))
  return place.length + (kind?.[0].length ?? 0)
}
