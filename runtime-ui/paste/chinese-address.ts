export interface AddressParts {
  readonly province?: string
  readonly city?: string
  readonly district?: string
  readonly street?: string
  readonly postcode?: string
}

const MUNICIPALITIES = ['北京', '天津', '上海', '重庆']
const PROVINCES =
  '河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾'
const REGIONS = '内蒙古|广西壮族|广西|西藏|宁夏回族|宁夏|新疆维吾尔|新疆'

const PROVINCE = new RegExp(
  `^(?:(${MUNICIPALITIES.join('|')})市?|((?:${PROVINCES})省?)|((?:${REGIONS})(?:自治区)?)|((?:香港|澳门)(?:特别行政区)?))`,
)
const CITY = /^([\p{Script=Han}]{1,9}?(?:市|自治州|地区|盟))/u
const DISTRICT = /^([\p{Script=Han}]{1,10}?(?:新区|开发区|高新区|园区|自治县|自治旗|区|县|市|旗))/u
/** What makes the rest a place where somebody is found. */
const STREET = /[路街道巷弄号村镇乡庄园厦楼座室层苑里城广场]|\d/u
const POSTCODE = /(?<!\d)(\d{6})(?!\d)/

/** The parts of a Chinese address; undefined where the text is none. */
export function readChineseAddress(text: string): AddressParts | undefined {
  const code = POSTCODE.exec(text)?.[1]
  let rest = (code === undefined ? text : text.replace(code, ''))
    .replaceAll(/(?:邮编|邮政编码|P\.?C\.?)\s*[:：]?/gi, '')
    .replace(/^中国\s*/, '')
    .replaceAll(/[,，]\s*$/g, '')
    .trim()
  const take = (pattern: RegExp): string | undefined => {
    const found = pattern.exec(rest)
    if (found === null) return undefined
    rest = rest.slice(found[0].length).replace(/^[\s,，·-]+/, '')
    return found.slice(1).find((part) => part !== undefined)
  }
  const area = take(PROVINCE)
  const isMunicipality = area !== undefined && MUNICIPALITIES.includes(area)
  const province = isMunicipality ? `${area}市` : area
  const city = isMunicipality ? `${area}市` : take(CITY)
  const district = take(DISTRICT)
  if ((province === undefined && city === undefined) || (district === undefined && !STREET.test(rest)))
    return undefined
  return {
    ...(province === undefined ? {} : { province }),
    ...(city === undefined ? {} : { city }),
    ...(district === undefined ? {} : { district }),
    ...(rest === '' ? {} : { street: rest }),
    ...(code === undefined ? {} : { postcode: code }),
  }
}
