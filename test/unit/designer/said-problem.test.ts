import { expect } from 'chai'
import type { TFunction } from 'i18next'
import { zhCN } from '../../../designer/i18n/zh-CN.ts'
import { saidProblem } from '../../../designer/inspector/said-problem.ts'

describe('a problem as the designer tells it', () => {
  const t = ((key: keyof typeof zhCN, { title }: { title: string }) =>
    zhCN[key]!.replace('{{title}}', title)) as unknown as TFunction

  it('calls what is missing as the page does, and leaves the rest to the engine', () => {
    const missing = { code: 'META_KEY_MISSING', path: '/flow/a/steps', message: '缺少“steps”。' }
    const other = { code: 'META_NAME_UNKNOWN', path: '/flow/a', message: '没有“x”。' }
    expect([
      saidProblem(missing, '步骤', t),
      saidProblem(missing, '', t),
      saidProblem(other, '步骤', t),
      saidProblem({ ...other, hint: '是不是“y”？' }, '步骤', t),
    ]).to.deep.equal(['缺少“步骤”。', '缺少“steps”。', '没有“x”。', '没有“x”。 是不是“y”？'])
  })
})
