import { createHash } from 'node:crypto'
import type { Language } from '../../errors.ts'
import type { Requirement, ScenarioProof } from '../../model/requirements.ts'
import type { Priority, ScenarioResult } from '../../model/scenarios.ts'
import { escapeHtml } from '../../notify/html.ts'
import type { ExtraHeaders } from '../respond.ts'

export const SHEETS = ['confirmation', 'acceptance'] as const
export type SheetType = (typeof SHEETS)[number]

/** The register of one version, with what its scenarios said last. */
export interface Register {
  readonly workspace: string
  readonly version: number
  /** ISO instant; undefined where they have not run since it is in force. */
  readonly ranAt: string | undefined
  readonly timeZone: string
  readonly requirements: readonly Requirement[]
  readonly results: readonly ScenarioResult[]
}

const STYLE = `
body { margin: 32px auto; max-width: 900px; padding: 0 24px; color: #16201e; background: #fff;
  font: 14px/1.6 -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', sans-serif }
h1 { font-size: 24px; margin: 0 0 4px } h2 { font-size: 16px; margin: 28px 0 4px }
p { margin: 4px 0 } .quiet { color: #4a5956 } ol { margin: 4px 0 12px; padding-left: 24px }
article { break-inside: avoid; border-top: 1px solid #ccd5d3; padding-top: 4px }
.passed { color: #0b6b3f } .failed { color: #a3211b } li { overflow-wrap: anywhere }
.sign { display: grid; grid-template-columns: 1fr 1fr; gap: 40px; margin-top: 48px; break-inside: avoid }
.line { border-bottom: 1px solid #16201e; height: 40px; margin-bottom: 4px }
@media (max-width: 600px) { .sign { grid-template-columns: 1fr } }
@media print { body { margin: 0; max-width: none; padding: 0 } }
`

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** The page runs nothing and loads nothing; its one style is known by its digest. */
export const sheetHeaders: ExtraHeaders = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
}

interface SheetWords {
  readonly titles: { readonly [S in SheetType]: string }
  readonly intro: { readonly [S in SheetType]: string }
  readonly of: (workspace: string, version: number) => string
  readonly ran: (at: string) => string
  readonly neverRan: string
  readonly priorities: { readonly [P in Priority]: string }
  readonly noPriority: string
  readonly satisfiedBy: string
  readonly nothing: string
  readonly unproved: string
  readonly passed: string
  readonly failed: string
  readonly notRun: string
  readonly summary: (passed: number, all: number) => string
  readonly expected: string
  readonly found: string
  readonly parties: readonly [string, string]
  readonly sign: string
  readonly date: string
  readonly none: string
  readonly between: string
}

const WORDS: { readonly [L in Language]: SheetWords } = {
  en: {
    titles: { confirmation: 'Requirements confirmation', acceptance: 'Acceptance report' },
    intro: {
      confirmation:
        'The parties confirm that the requirements below are numbered, prioritised and meant as described.',
      acceptance: 'What was agreed, what satisfies it, and what the scenarios that prove it found.',
    },
    of: (workspace, version) => `Workspace ${workspace}, version ${version} of its definitions`,
    ran: (at) => `The scenarios ran on ${at}.`,
    neverRan: 'The scenarios have not run on this version.',
    priorities: { must: 'must', should: 'should', nice: 'nice to have' },
    noPriority: 'priority not set',
    satisfiedBy: 'Satisfied by',
    nothing: 'no definition names it',
    unproved: 'No scenario proves it yet.',
    passed: 'passed',
    failed: 'failed',
    notRun: 'not run',
    summary: (passed, all) => `${passed} of ${all} scenarios pass.`,
    expected: 'Expected',
    found: 'Found',
    parties: ['For the customer', 'For the supplier'],
    sign: 'Name and signature',
    date: 'Date',
    none: 'No definition names a requirement yet.',
    between: ', ',
  },
  'zh-CN': {
    titles: { confirmation: '需求确认书', acceptance: '验收报告' },
    intro: {
      confirmation: '双方确认：下列需求的编号、优先级与描述准确无误。',
      acceptance: '约定的需求、实现方式，以及验证场景的运行结果。',
    },
    of: (workspace, version) => `工作区 ${workspace}，定义版本 ${version}`,
    ran: (at) => `场景运行于 ${at}。`,
    neverRan: '场景尚未在此版本上运行。',
    priorities: { must: '必须', should: '应当', nice: '可选' },
    noPriority: '未定优先级',
    satisfiedBy: '实现于',
    nothing: '没有定义注明此需求',
    unproved: '尚无场景验证。',
    passed: '通过',
    failed: '未通过',
    notRun: '未运行',
    summary: (passed, all) => `${all} 个场景中有 ${passed} 个通过。`,
    expected: '期望',
    found: '实际',
    parties: ['客户方', '实施方'],
    sign: '姓名与签字',
    date: '日期',
    none: '还没有定义注明需求编号。',
    between: '、',
  },
}

/** The register as a page for print: to be signed before the work, or after it. Every text of a definition is escaped. */
export function sheetOf(type: SheetType, register: Register, language: Language): string {
  const words = WORDS[language]
  const { requirements, workspace, version, results } = register
  const stories = new Map(results.map((result) => [result.name, result]))
  const passed = results.filter((result) => result.passed).length
  const isAcceptance = type === 'acceptance'
  const head = [
    `<h1>${words.titles[type]}</h1>`,
    `<p class="quiet">${escapeHtml(words.of(workspace, version))}</p>`,
    `<p>${words.intro[type]}</p>`,
    isAcceptance
      ? `<p>${escapeHtml(ranText(register, language))} ${words.summary(passed, results.length)}</p>`
      : '',
  ]
  const articles = requirements.map((one) => articleOf(one, stories, { isAcceptance, language, words }))
  const body = requirements.length === 0 ? `<p>${words.none}</p>` : articles.join('\n')
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.titles[type]}</title><style>${STYLE}</style></head>
<body><main>
${head.filter(Boolean).join('\n')}
${body}
<section class="sign">${words.parties.map((party) => signOf(party, words)).join('')}</section>
</main></body></html>
`
}

function ranText({ ranAt, timeZone }: Register, language: Language): string {
  const words = WORDS[language]
  if (ranAt === undefined) return words.neverRan
  const manner = { dateStyle: 'long', timeStyle: 'short', timeZone } as const
  return words.ran(new Intl.DateTimeFormat(language, manner).format(new Date(ranAt)))
}

interface Manner {
  readonly isAcceptance: boolean
  readonly language: Language
  readonly words: SheetWords
}

function articleOf(
  { requirement, priority, satisfiedBy, provedBy }: Requirement,
  stories: ReadonlyMap<string, ScenarioResult>,
  manner: Manner,
): string {
  const { words, language } = manner
  const satisfiers = [...new Set(satisfiedBy.map(({ label }) => label[language]))].join(words.between)
  const importance = priority === null ? words.noPriority : words.priorities[priority]
  const proofs = provedBy.map((proof) => proofOf(proof, stories.get(proof.name), manner))
  return `<article><h2>${escapeHtml(requirement)} · ${importance}</h2>
<p class="quiet">${words.satisfiedBy}: ${escapeHtml(satisfiers === '' ? words.nothing : satisfiers)}</p>
${proofs.length === 0 ? `<p>${words.unproved}</p>` : proofs.join('\n')}</article>`
}

function proofOf(
  { label, passed }: ScenarioProof,
  result: ScenarioResult | undefined,
  { isAcceptance, language, words }: Manner,
): string {
  const state = passed === null ? 'notRun' : passed ? 'passed' : 'failed'
  const mark = isAcceptance ? ` · <strong class="${state}">${words[state]}</strong>` : ''
  const lines = (result?.story ?? []).map((line) => {
    const wrong = isAcceptance && line.outcome === 'failed'
    const details = wrong
      ? `<br><span class="failed">${words.expected}: ${escapeHtml(line.expected?.[language] ?? '')} ${words.found}: ${escapeHtml(line.found?.[language] ?? '')}</span>`
      : ''
    return `<li>${escapeHtml(line.text[language])}${details}</li>`
  })
  return `<p><strong>${escapeHtml(label[language])}</strong>${mark}</p>${lines.length === 0 ? '' : `<ol>${lines.join('')}</ol>`}`
}

function signOf(party: string, words: SheetWords): string {
  const line = (what: string) => `<div class="line"></div><p class="quiet">${what}</p>`
  return `<div><p><strong>${party}</strong></p>${line(words.sign)}${line(words.date)}</div>`
}
