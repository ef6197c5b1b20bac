import type { ProblemCatalogue } from './problem.ts'

/** Faults of merging records. */
export const mergeProblems = {
  MERGE_ALONE: {
    status: 422,
    message: {
      en: 'Say which records are merged into this one.',
      'zh-CN': '请指明要并入此记录的其他记录。',
    },
  },
  MERGE_TOO_MANY: {
    status: 422,
    message: {
      en: 'At most {limit} records are merged in one call.',
      'zh-CN': '每次最多合并 {limit} 条记录。',
    },
  },
  MERGE_WITH_ITSELF: {
    status: 422,
    message: { en: 'This is the record that stays.', 'zh-CN': '这是要保留的记录本身。' },
  },
  MERGE_TAKE_STRANGER: {
    status: 422,
    message: {
      en: 'A value is taken from one of the records that are merged; this is none of them.',
      'zh-CN': '取值只能来自参与合并的记录，此标识不在其中。',
    },
  },
  MERGE_CYCLE: {
    status: 422,
    message: {
      en: 'With this value the record would stand above itself.',
      'zh-CN': '采用此值会使记录成为自己的上级。',
    },
    hint: { en: 'Take the value of another record.', 'zh-CN': '请改用其他记录的值。' },
  },
  MERGE_UNIQUE_BROKEN: {
    status: 409,
    message: {
      en: 'Records of “{entity}” would point to the same record and be alike where only one may be.',
      'zh-CN': '合并后会有多条“{entity}”记录指向同一记录，而此处只允许一条。',
    },
    hint: { en: 'Merge or delete those first.', 'zh-CN': '请先合并或删除这些记录。' },
  },
  MERGE_TOO_LARGE: {
    status: 422,
    message: {
      en: 'More than {limit} records point to those that are merged.',
      'zh-CN': '指向被合并记录的记录超过 {limit} 条。',
    },
    hint: {
      en: 'Merge fewer at once, or re-point them in bulk first.',
      'zh-CN': '请减少一次合并的数量，或先批量改指。',
    },
  },
} as const satisfies ProblemCatalogue
