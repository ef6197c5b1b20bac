import type { Language } from '../errors.ts'

/** Gives numbers from 0 up to below 1. */
export type Random = () => number

/** What stands in for the words of real people. */
export interface MadeUp {
  person(): string
  company(): string
  phone(): string
  email(): string
  street(): string
  words(): string
  /** A short text without any meaning of its own. */
  short(label: string): string
}

const PEOPLE = {
  'zh-CN': [
    [...'王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾'],
    [
      ...['子涵', '雨桐', '思远', '嘉怡', '浩然', '欣妍', '文博', '晓彤', '俊杰', '诗雅', '明轩', '静怡'],
      ...['志强', '丽华', '建国', '敏', '伟', '芳', '磊', '婷', '超', '娜', '晨曦', '宇航'],
    ],
  ],
  en: [
    [
      'Alex',
      'Jamie',
      'Robin',
      'Casey',
      'Morgan',
      'Taylor',
      'Jordan',
      'Avery',
      'Quinn',
      'Riley',
      'Dana',
      'Kim',
    ],
    [
      ...['Archer', 'Bennett', 'Carver', 'Dalton', 'Ellis', 'Foster', 'Granger', 'Harlow', 'Ingram'],
      ...['Keller', 'Lawson', 'Mercer', 'Norris', 'Parker', 'Reeves', 'Sutton', 'Thorne', 'Walker'],
    ],
  ],
} as const

const COMPANIES = {
  'zh-CN': [
    ['青岚', '云际', '恒远', '启明', '瑞丰', '天工', '博远', '金桥', '汇川', '星河', '安和', '东篱'],
    ['机械', '电子', '贸易', '科技', '食品', '纺织', '物流', '建材', '软件', '医疗', '能源', '包装'],
    ['有限公司', '股份有限公司', '集团', '（示例）'],
  ],
  en: [
    ['Northfield', 'Bluegate', 'Harbor', 'Stonebridge', 'Evergreen', 'Redwood', 'Lakeside', 'Summit'],
    [' Machinery', ' Electronics', ' Trading', ' Foods', ' Textiles', ' Logistics', ' Software', ' Energy'],
    [' Ltd', ' Group', ' & Co', ' Inc'],
  ],
} as const

const STREETS = {
  'zh-CN': [['示例路', '样本街', '测试大道', '演示巷'], '号'],
  en: [['Sample Street', 'Example Road', 'Test Avenue', 'Demo Lane'], ''],
} as const

const WORDS = {
  'zh-CN': [
    '已沟通需求，等待对方确认下一步安排。',
    '对方希望下周再约时间详谈。',
    '资料已发送，约定三个工作日内回复。',
    '对报价基本认可，还需内部讨论。',
    '现场情况良好，后续安排技术人员对接。',
    '暂无采购计划，保持定期联系。',
  ],
  en: [
    'Talked the needs through; they confirm the next step.',
    'They would rather speak in detail next week.',
    'Sent the papers; an answer is due within three working days.',
    'The price is about right, to be discussed on their side.',
    'All well on site; an engineer gets in touch.',
    'No plan to buy at present; stay in touch.',
  ],
} as const

/** Makes things up. What it gives depends on nothing but chance and a count: nothing leads back from it. */
export function makeUp(language: Language, random: Random = Math.random): MadeUp {
  let count = 0
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  return {
    person: () => one(PEOPLE[language][0]) + (language === 'en' ? ' ' : '') + one(PEOPLE[language][1]),
    company: () => COMPANIES[language].map((part: readonly string[]) => one(part)).join(''),
    // 555-01xx is kept for stories; of Chinese numbers this block is one of the tests of the networks.
    phone() {
      count += 1
      return language === 'en'
        ? `+1 202 555 01${String(count % 100).padStart(2, '0')}`
        : `1380000${String(count % 10_000).padStart(4, '0')}`
    },
    email() {
      count += 1
      return `person${count}@example.com`
    },
    street() {
      const [names, sign] = STREETS[language]
      const number = 1 + Math.floor(random() * 200)
      return language === 'en' ? `${number} ${one(names)}` : `${one(names)}${number}${sign}`
    },
    words: () => one(WORDS[language]),
    short(label) {
      count += 1
      return `${label} ${count}`
    },
  }
}
