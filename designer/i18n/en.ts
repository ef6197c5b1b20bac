import { agreementEn } from './en-agreement.ts'
import { beginEn } from './en-begin.ts'
import { canvasEn } from './en-canvas.ts'
import { connectionsEn } from './en-connections.ts'
import { documentsEn } from './en-documents.ts'
import { draftsEn } from './en-drafts.ts'
import { exampleEn } from './en-example.ts'
import { flowsEn } from './en-flows.ts'
import { frictionEn } from './en-friction.ts'
import { fromFileEn } from './en-from-file.ts'
import { inspectorEn } from './en-inspector.ts'
import { labelsEn } from './en-labels.ts'
import { layoutsEn } from './en-layouts.ts'
import { pilotEn } from './en-pilot.ts'
import { processEn } from './en-process.ts'
import { rolesEn } from './en-roles.ts'
import { sandboxesEn } from './en-sandboxes.ts'
import { scenariosEn } from './en-scenarios.ts'
import { settingsEn } from './en-settings.ts'
import { silentEn } from './en-silent.ts'
import { templatesEn } from './en-templates.ts'
import { versionsEn } from './en-versions.ts'
import { webformsEn } from './en-webforms.ts'

/** The designer's own texts in English; the frame's come from the runtime UI. */
export const en = {
  ...draftsEn,
  ...agreementEn,
  ...pilotEn,
  ...silentEn,
  ...settingsEn,
  ...rolesEn,
  ...labelsEn,
  ...processEn,
  ...scenariosEn,
  ...beginEn,
  ...frictionEn,
  ...fromFileEn,
  ...layoutsEn,
  ...exampleEn,
  ...flowsEn,
  ...canvasEn,
  ...inspectorEn,
  ...connectionsEn,
  ...documentsEn,
  ...webformsEn,
  ...sandboxesEn,
  ...templatesEn,
  ...versionsEn,
  'designer.asInForce': 'Back to what is in force',
  'designer.by.entity': 'By entity',
  'designer.by.kind': 'By kind',
  'designer.byEntity': 'Definitions by entity',
  'designer.copyOf': 'Copy to a new one',
  'designer.fold': 'Fold {{label}}',
  'designer.found': '{{count}} found',
  'designer.keepIt': 'Keep it after all',
  'designer.moreFound': 'and {{count}} more: type on',
  'designer.nameHelp': 'Small letters, digits and underscores. Other definitions refer to it by this name.',
  'designer.nameTaken': 'There is already a definition “{{name}}” of this kind.',
  'designer.navigator': 'How definitions are arranged',
  'designer.new': 'New',
  'designer.newOf': 'New: {{kind}}',
  'designer.ofNoEntity': 'Of no entity',
  'designer.remove': 'Remove',
  'designer.removed': 'The draft removes this',
  'designer.removedText': 'It stays in force until the draft is published.',
  'designer.searchAll': 'Search the designer',
  'designer.rename': 'Rename…',
  'designer.renameIt': 'Rename',
  'designer.inForceNow': 'Save, in force now',
  'designer.notAlone':
    '{{fault}} If it needs what else the draft changes, publish both together: Review plan.',
  'designer.nowInForce': 'It is in force',
  'designer.unfold': 'Unfold {{label}}',
  'designer.unknown': 'There is no such definition',
  'designer.unknownText': 'It may have been renamed or removed. The search on the left finds what is there.',
  'designer.copied': 'Copied',
  'designer.copy': 'Copy JSON',
  'designer.definitionFailed': 'The definition could not be read',
  'designer.denied':
    'The designer is for people who look after the definitions. Ask an administrator if you need it.',
  'designer.inForce': 'In force',
  'designer.json': 'JSON of {{name}}',
  'designer.group.data': 'Data and rules',
  'designer.group.other': 'Look after',
  'designer.group.pages': 'Pages and figures',
  'designer.group.process': 'What happens with them',
  'designer.group.rights': 'Rights and the whole',
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
  'designer.otherUses': '{{count}} more',
  'designer.versions': 'Versions',
  'designer.versionsFailed': 'The versions could not be read',
  'designer.neverRan': 'Not run on this version yet',
  'designer.noRequirements': 'No definition names a requirement yet',
  'designer.priority.must': 'must',
  'designer.priority.nice': 'nice to have',
  'designer.priority.none': 'priority not set',
  'designer.priority.should': 'should',
  'designer.ranAt': 'Ran',
  'designer.requirements': 'Requirements',
  'designer.requirementsFailed': 'The requirements could not be read',
  'designer.runFailed': 'The scenarios could not be run',
  'designer.runScenarios': 'Run scenarios',
  'designer.satisfiedBy': 'Satisfied by {{names}}',
  'designer.scenario.expected': 'Expected',
  'designer.scenario.failed': 'fails',
  'designer.scenario.found': 'Found',
  'designer.scenario.notRun': 'not run',
  'designer.scenario.passed': 'passes',
  'designer.scenario.skipped': 'not reached',
  'designer.sheet.acceptance': 'Acceptance report',
  'designer.sheet.confirmation': 'Confirmation sheet',
  'designer.unproved': 'No scenario proves it yet.',
  'designer.unsatisfied': 'No definition names it.',
} as const
