import { rolesEn } from './en-roles.ts'

/** The designer's own texts in English; the frame's come from the runtime UI. */
export const en = {
  ...rolesEn,
  'designer.copied': 'Copied',
  'designer.copy': 'Copy JSON',
  'designer.definitionFailed': 'The definition could not be read',
  'designer.denied':
    'The designer is for people who look after the definitions. Ask an administrator if you need it.',
  'designer.inForce': 'In force',
  'designer.json': 'JSON of {{name}}',
  'designer.kinds': 'Kinds of definitions',
  'designer.kindsFailed': 'The kinds could not be read',
  'designer.leave': 'Back to the records',
  'designer.listFailed': 'The definitions could not be read',
  'designer.none': 'No definitions of this kind yet',
  'designer.noneFound': 'No definition matches',
  'designer.search': 'Search by label or name',
  'designer.title': 'Designer',
  'designer.unnamed': 'Without a label',
  'designer.unused': 'Nothing mentions this.',
  'designer.uses': 'Where it is used',
  'designer.usesFailed': 'Could not be read',
  'designer.versions': 'Versions',
  'designer.versionsFailed': 'The versions could not be read',
} as const
