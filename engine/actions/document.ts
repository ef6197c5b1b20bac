import { defineAction } from '../registry/action.ts'
import { recordParameter, takes } from './parts.ts'

export const documentAction = defineAction({
  name: 'document',
  label: { en: 'Document', 'zh-CN': '生成文档' },
  description: {
    en: 'Makes a PDF of a record by a template and keeps it with the record.',
    'zh-CN': '按模板把记录生成为 PDF，并存为该记录的文件。',
  },
  takes: {
    document: takes(
      'document',
      { en: 'Document', 'zh-CN': '文档' },
      { en: 'The template.', 'zh-CN': '所用的模板。' },
      { required: true },
    ),
    record: recordParameter,
    language: takes(
      'plain',
      { en: 'Language', 'zh-CN': '语言' },
      {
        en: 'In which it is written; the workspace’s when absent.',
        'zh-CN': '文档的语言；不写则为工作区语言。',
      },
      { schema: { enum: ['en', 'zh-CN'] } },
    ),
  },
  target: 'record',
  takesLong: true,
  gives: { file: 'id' },
  async run(context, { document, record, language }) {
    const about = await context.record(record)
    if (about === undefined) return { kind: 'done' }
    const file = await context.document(
      String(document),
      about,
      language === 'en' || language === 'zh-CN' ? language : undefined,
    )
    return { kind: 'done', output: { file } }
  },
  sentence: ({ document, record }, words) =>
    words.language === 'en'
      ? `make ${words.document(document)} of ${words.record(record)} as a PDF`
      : `把${words.record(record)}按${words.document(document)}生成为 PDF`,
  examples: {
    valid: [
      { do: 'document', document: 'sheet' },
      { name: 'pdf', do: 'document', document: 'sheet', language: 'zh-CN' },
    ],
    invalid: [
      { do: 'document' },
      { do: 'document', document: 'shet' },
      { do: 'document', document: 'sheet', language: 'fr' },
      { do: 'document', document: 'sheet', record: 'owner' },
    ],
  },
})
