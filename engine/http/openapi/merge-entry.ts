const text = { type: ['string', 'null'] } as const

const other = {
  type: 'object',
  required: ['id', 'label'],
  properties: {
    ...{ id: text, label: text },
    hidden: { const: true, description: 'The actor may not read the other record.' },
  },
} as const

/** What the history tells of a merge. */
export const MERGED_OF = {
  type: 'object',
  required: ['reason'],
  properties: {
    from: {
      type: 'array',
      items: other,
      description: 'On the record that stayed: which were merged into it.',
    },
    into: { ...other, description: 'On one that went: into which it was merged.' },
    reason: text,
  },
} as const
