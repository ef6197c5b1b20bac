import { defineAction } from '../registry/action.ts'
import { steps, takes } from './parts.ts'

/** An object that has it as a plain key would look like a promise. */
const THEN = 'then'

export const branchAction = defineAction({
  name: 'branch',
  label: { en: 'Branch', 'zh-CN': '分支' },
  description: {
    en: 'Goes one way where a condition holds, another where it does not.',
    'zh-CN': '条件成立时走一条路，不成立时走另一条。',
  },
  takes: {
    when: takes(
      'condition',
      { en: 'When', 'zh-CN': '条件' },
      { en: 'What decides.', 'zh-CN': '据以判断的条件。' },
      { required: true },
    ),
    [THEN]: steps(
      { en: 'Then', 'zh-CN': '成立时' },
      { en: 'The steps where it holds.', 'zh-CN': '条件成立时的步骤。' },
      true,
    ),
    else: steps(
      { en: 'Else', 'zh-CN': '否则' },
      { en: 'The steps where it does not.', 'zh-CN': '条件不成立时的步骤。' },
    ),
  },
  async run(context, { when, else: otherwise }) {
    if (await context.holds(when)) return { kind: 'enter', block: THEN }
    return otherwise === undefined ? { kind: 'done' } : { kind: 'enter', block: 'else' }
  },
  sentence: ({ when }, words) =>
    words.language === 'en' ? `if ${words.rule(when)}` : `如果${words.rule(when)}`,
  examples: {
    valid: [{ do: 'branch', when: { '==': [{ var: 'status' }, 'open'] }, [THEN]: [{ do: 'stop' }] }],
    invalid: [
      { do: 'branch', [THEN]: [{ do: 'stop' }] },
      { do: 'branch', when: { '==': [{ var: 'no_such' }, 1] }, [THEN]: [{ do: 'stop' }] },
    ],
  },
})
